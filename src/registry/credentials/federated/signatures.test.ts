import assert from "node:assert/strict";
import { test } from "node:test";
import { signedForAliyun } from "./aliyun-signature.ts";
import { signedForAws } from "./aws-signature.ts";
import { readElements } from "./aws-xml.ts";

const signatureOf = (headers: Readonly<Record<string, string>>) =>
  /Signature=(.*)$/.exec(headers.authorization ?? "")?.[1];

test("Alibaba Cloud's signature V3 is that of its documentation's example", () => {
  // "Signature example with fixed parameters" of https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
  const url = new URL("https://ecs.cn-shanghai.aliyuncs.com/");
  url.searchParams.set("RegionId", "cn-shanghai");
  url.searchParams.set("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd");
  const headers = { "x-acs-action": "RunInstances", "x-acs-version": "2014-05-26" };
  const signed = signedForAliyun(
    { method: "POST", url, headers, body: "" },
    { accessKeyId: "YourAccessKeyId", accessKeySecret: "YourAccessKeySecret" },
    { date: new Date("2023-10-26T10:22:32Z"), nonce: "3156853299f313e23d1673dc12e1703d" },
  );
  assert.equal(
    signed.authorization,
    "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
  );
});

test("a temporary key's token is signed, too", () => {
  const request = {
    method: "GET",
    url: new URL("https://cr.cn-hangzhou.aliyuncs.com/tokens"),
    headers: {},
    body: "",
  } as const;
  const when = { date: new Date("2026-01-01T00:00:00Z"), nonce: "1" };
  const keys = { accessKeyId: "a", accessKeySecret: "b" };
  const [one, other] = ["token", "other"].map((securityToken) =>
    signedForAliyun(request, { ...keys, securityToken }, when),
  );
  assert.match(one?.authorization ?? "", /;x-acs-security-token[;,]/);
  assert.notEqual(one?.authorization, other?.authorization);
});

/** AWS's test suite for Signature Version 4. https://docs.aws.amazon.com/general/latest/gr/signature-v4-test-suite.html */
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const SUITE: readonly (readonly [
  name: string,
  method: "GET" | "POST",
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signature: string,
])[] = [
  ["get-vanilla", "GET", "/", {}, "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
  [
    "get-vanilla-query-order-key-case",
    "GET",
    "/?Param2=value2&Param1=value1",
    {},
    "",
    "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
  ],
  ["post-vanilla", "POST", "/", {}, "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
  [
    "post-x-www-form-urlencoded",
    "POST",
    "/",
    FORM,
    "Param1=value1",
    "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
  ],
];

for (const [name, method, path, headers, body, signature] of SUITE) {
  test(`AWS's signature is that of its test suite: ${name}`, () => {
    const signed = signedForAws(
      { method, url: new URL(path, "https://example.amazonaws.com"), headers, body },
      { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
      { region: "us-east-1", service: "service", date: new Date("2015-08-30T12:36:00Z") },
    );
    assert.equal(signatureOf(signed), signature);
  });
}

test("AWS's signature is that of its documentation's example", () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
  const signed = signedForAws(
    {
      method: "GET",
      url: new URL("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"),
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: "",
    },
    { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
    { region: "us-east-1", service: "iam", date: new Date("2015-08-30T12:36:00Z") },
  );
  assert.equal(
    signed.authorization,
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
  );
});

test("elements of AWS's XML are read with their entities", () => {
  const table: readonly (readonly [xml: string, found: object])[] = [
    ["<A><B>1</B><C>x&amp;y&#x41;&#66;&lt;</C></A>", { B: "1", C: "x&yAB<" }],
    ["<B>first</B><B>second</B>", { B: "first" }],
    ["<B>&nothing;&#x110000;</B>", { B: "&nothing;&#x110000;" }],
    ["{}", {}],
    ["<B>cut", {}],
  ];
  for (const [xml, found] of table) assert.deepEqual(readElements(xml), found);
});
