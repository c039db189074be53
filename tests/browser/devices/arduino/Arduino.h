// What a sketch uses of Arduino's core, for a test on a computer.
#pragma once
#include <string>

class String {
  std::string text;

 public:
  String(const char* text) : text(text) {}
  explicit String(const std::string& text) : text(text) {}
  unsigned int length() const { return text.length(); }
  const char* c_str() const { return text.c_str(); }
  String& operator+=(const String& more) {
    text += more.text;
    return *this;
  }
};

inline String operator+(const String& left, const String& right) {
  return String(std::string(left.c_str()) + right.c_str());
}
