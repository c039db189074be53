import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { snippet, SNIPPETS, samplePayload } from "./snippets";

const input = { url: "https://gate.example/api/webhook/device-event", deviceId: "NFC_ABC123", key: "gb_secret" };

describe("what a reader needs", () => {
  it.each(SNIPPETS.map(({ name }) => name))("says where, as whom and with which key in %s", (name) => {
    const code = snippet(name, input);
    for (const part of Object.values(input)) expect(code).toContain(part);
  });

  it("is a curl command that a shell takes apart as meant", () => {
    const code = snippet("curl", { ...input, deviceId: "it's $HOME" }).replace(/^curl/, "printf '%s\\n'");
    const words = execFileSync("sh", ["-c", code], { encoding: "utf8" }).split("\n");
    expect(words).toContain(input.url);
    expect(words).toContain("X-API-Key: gb_secret");
    const body = JSON.parse(words.find((word) => word.startsWith("{"))!) as Record<string, unknown>;
    expect(body).toEqual({
      event_type: "tag_insert",
      tag_present: true,
      tag_id: "dd 54 2a 83",
      device_id: "it's $HOME",
    });
  });

  it("is MicroPython that posts what it says", () => {
    const script = `
import sys, types, json
sent = {}
class Answer:
    status_code = 201
    def close(self): sent["closed"] = True
def post(url, json, headers):
    sent.update(url=url, body=json, headers=headers)
    return Answer()
sys.modules["requests"] = types.SimpleNamespace(post=post)
namespace = {}
exec(sys.stdin.read(), namespace)
sent["stored"] = namespace["report_tap"]("dd 54 2a 83")
print(json.dumps(sent))`;
    const sent = JSON.parse(
      execFileSync("python3", ["-c", script], { input: snippet("micropython", input), encoding: "utf8" }),
    ) as Record<string, unknown> & { body: Record<string, unknown> };
    expect(sent).toMatchObject({ url: input.url, headers: { "X-API-Key": "gb_secret" }, stored: true, closed: true });
    expect(sent.body).toMatchObject({ event_type: "tag_insert", tag_present: true, tag_id: "dd 54 2a 83" });
    expect(sent.body["timestamp"]).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  });

  it("is Arduino code whose pieces make JSON", () => {
    const code = snippet("arduino", input);
    const pieces = [...code.matchAll(/body \+?= (.*);$/gm)].map(([, expression]) => expression!);
    const values: Record<string, string> = {
      now: "2026-11-20T08:00:00Z",
      'String(inserted ? "tag_insert" : "tag_removed")': "tag_insert",
      'String(inserted ? "true" : "false")': "true",
      tagId: "dd 54 2a 83",
      "String(DEVICE_ID)": "NFC_ABC123",
    };
    const text = pieces
      .flatMap((expression) => expression.split(/ \+ (?=(?:[^"]*"(?:[^"\\]|\\.)*")*[^"]*$)/))
      .map((part) => values[part] ?? (JSON.parse(part) as string))
      .join("");
    expect(JSON.parse(text)).toEqual({
      timestamp: "2026-11-20T08:00:00Z",
      event_type: "tag_insert",
      tag_present: true,
      tag_id: "dd 54 2a 83",
      device_id: "NFC_ABC123",
    });
  });

  it("is Kotlin whose template makes JSON", () => {
    const template = /val body = """(.*)"""/.exec(snippet("kotlin", input))![1]!;
    const text = template
      .replace("${Instant.now()}", "2026-11-20T08:00:00Z")
      .replace('${if (inserted) "tag_insert" else "tag_removed"}', "tag_removed")
      .replace("$inserted", "false")
      .replace("$tagId", "dd 54 2a 83")
      .replace("$DEVICE_ID", "NFC_ABC123");
    expect(JSON.parse(text)).toMatchObject({ event_type: "tag_removed", tag_present: false, tag_id: "dd 54 2a 83" });
  });

  it("sends a payload that the contract knows", () => {
    expect(samplePayload("NFC_ABC123", "2026-11-20T08:00:00Z")).toMatchObject({
      event_type: "tag_insert",
      tag_present: true,
      device_id: "NFC_ABC123",
    });
  });
});
