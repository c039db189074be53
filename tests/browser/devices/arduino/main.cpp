// The sketch as the page shows it, and two taps; Arduino's IDE adds the first line by itself.
#include "Arduino.h"
#include "sketch.ino"

int main() {
  const bool isStored = reportTap("dd 54 2a 83", true);
  return isStored && reportTap("dd 54 2a 83", false) ? 0 : 1;
}
