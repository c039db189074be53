/** What a reader needs to report a tap, ready to copy. */
export interface SnippetInput {
  url: string;
  deviceId: string;
  key: string;
}

export type SnippetName = "curl" | "arduino" | "micropython" | "kotlin";

export const SNIPPETS: { name: SnippetName; title: string }[] = [
  { name: "curl", title: "curl" },
  { name: "arduino", title: "Arduino" },
  { name: "micropython", title: "MicroPython" },
  { name: "kotlin", title: "Kotlin" },
];

/** Stands for the key until there is one. */
export const KEY_PLACE = "gb_YOUR_KEY";

export const SAMPLE_TAG = "dd 54 2a 83";

export function samplePayload(deviceId: string, timestamp: string, tag = SAMPLE_TAG) {
  return {
    timestamp,
    event_type: "tag_insert",
    tag_present: true,
    tag_id: tag,
    tag_type: "Mifare Classic (4-byte)",
    device_id: deviceId,
  };
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function curl({ url, deviceId, key }: SnippetInput): string {
  const body = JSON.stringify({
    event_type: "tag_insert",
    tag_present: true,
    tag_id: SAMPLE_TAG,
    device_id: deviceId,
  });
  return `curl -sS ${shellQuoted(url)} \\
  -H ${shellQuoted(`X-API-Key: ${key}`)} \\
  -H 'Content-Type: application/json' \\
  -d ${shellQuoted(body)}
`;
}

function arduino({ url, deviceId, key }: SnippetInput): string {
  return `#include <HTTPClient.h>
#include <time.h>

const char* GATEBOOK_URL = ${JSON.stringify(url)};
const char* GATEBOOK_KEY = ${JSON.stringify(key)};
const char* DEVICE_ID = ${JSON.stringify(deviceId)};

// After WiFi is up: configTime(0, 0, "pool.ntp.org");
String utcNow() {
  time_t now = time(nullptr);
  if (now < 1577836800) return "";  // No clock yet: Gatebook counts the arrival.
  char text[25];
  strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
  return text;
}

// tagId like "dd 54 2a 83". Returns true when it is stored; otherwise keep the tap and send it again.
bool reportTap(const String& tagId, bool inserted) {
  String now = utcNow();
  String body = "{";
  if (now.length()) body += "\\"timestamp\\": \\"" + now + "\\", ";
  body += "\\"event_type\\": \\"" + String(inserted ? "tag_insert" : "tag_removed") + "\\", ";
  body += "\\"tag_present\\": " + String(inserted ? "true" : "false") + ", ";
  body += "\\"tag_id\\": \\"" + tagId + "\\", ";
  body += "\\"device_id\\": \\"" + String(DEVICE_ID) + "\\"}";

  HTTPClient http;
  http.begin(GATEBOOK_URL);
  http.addHeader("Content-Type", "application/json");
  http.addHeader("X-API-Key", GATEBOOK_KEY);
  int status = http.POST(body);
  http.end();
  return status == 200 || status == 201;
}
`;
}

function micropython({ url, deviceId, key }: SnippetInput): string {
  return `import time
import requests

GATEBOOK_URL = ${JSON.stringify(url)}
GATEBOOK_KEY = ${JSON.stringify(key)}
DEVICE_ID = ${JSON.stringify(deviceId)}


def utc_now():
    """After ntptime.settime(); without a clock Gatebook counts the arrival."""
    year, month, day, hour, minute, second = time.gmtime()[:6]
    if year < 2020:
        return None
    return "%04d-%02d-%02dT%02d:%02d:%02dZ" % (year, month, day, hour, minute, second)


def report_tap(tag_id, inserted=True):
    """tag_id like "dd 54 2a 83". True when it is stored; otherwise keep the tap and send it again."""
    body = {
        "timestamp": utc_now(),
        "event_type": "tag_insert" if inserted else "tag_removed",
        "tag_present": inserted,
        "tag_id": tag_id,
        "device_id": DEVICE_ID,
    }
    answer = requests.post(GATEBOOK_URL, json=body, headers={"X-API-Key": GATEBOOK_KEY})
    stored = answer.status_code in (200, 201)
    answer.close()
    return stored
`;
}

function kotlin({ url, deviceId, key }: SnippetInput): string {
  const quoted = (text: string) => JSON.stringify(text).replaceAll("$", "\\$");
  return `import java.net.HttpURLConnection
import java.net.URL
import java.time.Instant

const val GATEBOOK_URL = ${quoted(url)}
const val GATEBOOK_KEY = ${quoted(key)}
const val DEVICE_ID = ${quoted(deviceId)}

/** tagId like "dd 54 2a 83". Off the main thread. True when it is stored; otherwise send it again. */
fun reportTap(tagId: String, inserted: Boolean = true): Boolean {
    val body = """{"timestamp": "\${Instant.now()}", "event_type": "\${if (inserted) "tag_insert" else "tag_removed"}", "tag_present": $inserted, "tag_id": "$tagId", "device_id": "$DEVICE_ID"}"""
    val connection = URL(GATEBOOK_URL).openConnection() as HttpURLConnection
    return try {
        connection.requestMethod = "POST"
        connection.doOutput = true
        connection.connectTimeout = 10_000
        connection.readTimeout = 10_000
        connection.setRequestProperty("Content-Type", "application/json")
        connection.setRequestProperty("X-API-Key", GATEBOOK_KEY)
        connection.outputStream.use { it.write(body.toByteArray()) }
        connection.responseCode in 200..201
    } finally {
        connection.disconnect()
    }
}
`;
}

export const snippet = (name: SnippetName, input: SnippetInput): string =>
  ({ curl, arduino, micropython, kotlin })[name](input);
