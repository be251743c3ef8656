import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseDateFormat } from "./date-format.ts";
import { dateText } from "./date-text.ts";

const refuse = (reason: string): never => {
  throw new Error(reason);
};
const shown = (date: string | Date, format: string, zone = "UTC") =>
  dateText(new Date(date), parseDateFormat(format, refuse), zone);

const NIGHT = "2020-01-10T00:30:05.007Z";
/** As moment.js shows them. https://momentjs.com/docs/#/displaying/format/ */
const SHOWN: readonly (readonly [format: string, zone: string, text: string])[] = [
  ["YYYYMMDD-HHmmss", "UTC", "20200110-003005"],
  ["YYYYMMDD-HHmmss", "Asia/Tokyo", "20200110-093005"],
  ["YYYYMMDD-HHmmss", "America/New_York", "20200109-193005"],
  ["YYYY-MM-DDTHH:mm:ss.SSS[Z]", "UTC", "2020-01-10T00:30:05.007Z"],
  ["dddd, MMMM Do YYYY, h:mm:ss a", "UTC", "Friday, January 10th 2020, 12:30:05 am"],
  ["YY M MM MMM D DD d dd ddd A", "UTC", "20 1 01 Jan 10 10 5 Fr Fri AM"],
  ["H HH h hh k kk m s", "UTC", "0 00 12 12 24 24 30 5"],
  ["Q DDD DDDD w ww wo W WW gggg GGGG", "UTC", "1 10 010 2 02 2nd 2 02 2020 2020"],
  ["X x", "Asia/Tokyo", "1578616205 1578616205007"],
  ["Z ZZ", "UTC", "+00:00 +0000"],
  ["Z ZZ", "Asia/Kolkata", "+05:30 +0530"],
  ["Z ZZ", "America/St_Johns", "-03:30 -0330"],
  ["[build of] YYYY[]", "UTC", "build of 2020"],
];

for (const [format, zone, text] of SHOWN) {
  test(`${format} in ${zone} is ${text}`, () => assert.equal(shown(NIGHT, format, zone), text));
}

test("weeks at the turn of the year belong to the year that most of them is in", () => {
  assert.equal(shown("2021-01-01T12:00:00Z", "GGGG-WW gggg-ww"), "2020-53 2021-01");
  assert.equal(shown("2024-12-30T12:00:00Z", "GGGG-WW YYYY"), "2025-01 2024");
});

test("an hour that the clocks of a zone skip or repeat is told by its offset", () => {
  const times = ["2021-03-14T06:59:00Z", "2021-03-14T07:00:00Z", "2021-11-07T05:30:00Z", "2021-11-07T06:30:00Z"];
  assert.deepEqual(
    times.map((time) => shown(time, "HH:mm ZZ", "America/New_York")),
    ["01:59 -0500", "03:00 -0400", "01:30 -0400", "01:30 -0500"],
  );
});

test("tokens that Slipway does not know are refused, other letters are text", () => {
  for (const format of ["YYYYY", "Y", "LLLL", "SS", "E", "z", "release-YYYY"]) {
    assert.throws(() => parseDateFormat(format, refuse), /put text in \[ \]/, format);
  }
  assert.equal(shown(NIGHT, "YYYYtnu!"), "2020tnu!");
});

test("dates are as the platform's own calendar says, in any zone", () => {
  const zone = fc.constantFrom("UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia");
  const range = { min: new Date("1990-01-01T00:00:00Z"), max: new Date("2060-01-01T00:00:00Z"), noInvalidDate: true };
  fc.assert(
    fc.property(fc.date(range), zone, (date, timeZone) => {
      const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
      assert.equal(shown(date, "YYYY-MM-DD HH:mm:ss", timeZone), format.format(date));
    }),
    { seed: 7, numRuns: 1000 },
  );
});
