import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseSmtpUrl } from "./address.ts";
import { type Channel, wants } from "./channel.ts";
import { bytesOf, cutBytes, cutLength, fitted } from "./cut.ts";
import { transportOptions } from "./mail.ts";
import { type Clock, createPacer } from "./pacer.ts";
import { markdownLink } from "./plain-markdown.ts";
import { redacted } from "./redact.ts";
import { dingtalkSign, feishuSign, webhookSignature } from "./sign.ts";

test("signatures are those of the vendors", () => {
  // Computed by openssl.
  assert.equal(feishuSign(1_599_360_473, "demo"), FEISHU);
  assert.equal(dingtalkSign(1_577_262_236_757, "this is secret"), DINGTALK);
  // The example of the specification's own libraries.
  assert.equal(
    webhookSignature(
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      1_614_265_330,
      '{"test": 2432232314}',
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ),
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  );
});

const FEISHU = "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=";
const DINGTALK = "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=";

test("a cut text is the beginning of the whole, no longer than it may be, and never half a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 3, max: 60 }), (text, most) => {
      for (const [cut, size] of [
        [cutBytes(text, most, "…"), bytesOf],
        [cutLength(text, most, "…"), (made: string) => made.length],
      ] as const) {
        assert.ok(size(cut) <= most);
        if (size(text) <= most) assert.equal(cut, text);
        else assert.ok(cut.endsWith("…") && text.startsWith(cut.slice(0, -1)));
        assert.ok(cut.isWellFormed());
      }
    }),
    { seed: 7 },
  );
});

test("what is made of a text fits, however much it grows on the way", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", '"', "\\", "\n", "长", "👍") }),
      fc.integer({ min: 40, max: 90 }),
      (text, most) => {
        const made = fitted(text, { make: (part) => JSON.stringify({ text: part }), size: bytesOf, most, mark: "…" });
        assert.ok(bytesOf(made) <= most);
        if (bytesOf(JSON.stringify({ text })) <= most) assert.equal(made, JSON.stringify({ text }));
      },
    ),
    { seed: 7 },
  );
});

test("an address takes no more messages than it may, and the others wait for nobody", async () => {
  let now = 1000;
  const waits: number[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
  };
  const pacer = createPacer(clock);
  const pace = [{ count: 2, milliseconds: 100 }];
  for (let number = 0; number < 5; number += 1) await pacer.turn("one", pace);
  assert.deepEqual(waits, [100, 100, 200]);
  await pacer.turn("other", pace);
  assert.equal(waits.length, 3);
  now += 1000;
  await pacer.turn("one", pace);
  assert.equal(waits.length, 3);
  const both = [...pace, { count: 3, milliseconds: 1000 }];
  for (let number = 0; number < 4; number += 1) await pacer.turn("both", both);
  assert.deepEqual(waits.slice(3), [100, 1000]);
});

test("a channel hears what it wants to", () => {
  const channel = (...on: Channel["on"]): Channel => ({ kind: "slack", name: "s", url: "", on });
  assert.equal(wants(channel("failed"), ["failed"]), true);
  assert.equal(wants(channel("failed"), ["recovered", "released"]), false);
  assert.equal(wants(channel("released"), ["recovered", "released"]), true);
  assert.equal(wants(channel("always"), []), true);
});

test("mail beyond this machine is encrypted, always", async () => {
  const options = { environment: {}, tries: 1, backOffMilliseconds: 1, longestMilliseconds: 1, milliseconds: 1 };
  const of = async (url: string) => {
    const { host, port, secure, requireTLS, ignoreTLS, auth } = await transportOptions(parseSmtpUrl(url, "m"), options);
    return { host, port, secure, requireTLS, ignoreTLS, auth };
  };
  assert.deepEqual(await of("smtp://a:b%2Fc@mail.example.org"), {
    host: "mail.example.org",
    port: 587,
    secure: false,
    requireTLS: true,
    ignoreTLS: false,
    auth: { user: "a", pass: "b/c" },
  });
  assert.deepEqual(await of("smtps://mail.example.org"), {
    host: "mail.example.org",
    port: 465,
    secure: true,
    requireTLS: false,
    ignoreTLS: false,
    auth: undefined,
  });
  assert.equal((await of("smtp://127.0.0.1:2525")).ignoreTLS, true);
  assert.throws(() => parseSmtpUrl("https://mail.example.org", "m"), { code: "NOTIFY_ADDRESS_INVALID" });
});

test("what a receiver repeats of an address is not repeated further", () => {
  const channel: Channel = {
    kind: "dingtalk",
    name: "d",
    on: [],
    url: "https://oapi.example.com/robot/send?access_token=canary-token",
    secret: "canary-secret",
  };
  const said =
    "bad token canary-token at https://oapi.example.com/robot/send?access_token=canary-token (canary-secret)\n\u001b[31m";
  const shown = redacted(said, channel);
  assert.doesNotMatch(shown, /canary|\n/);
  assert.ok(!shown.includes("\u001b"));
  assert.match(shown, /^bad token \*{8} at /);
});

test("a link's address cannot end early", () => {
  assert.equal(markdownLink("a]b", "https://x.example/a)b c"), "[a］b](https://x.example/a%29b%20c)");
});
