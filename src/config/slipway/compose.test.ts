import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import type { ComposeForm } from "../compose/form.ts";
import { problemsOf } from "../reading/problems.ts";
import { readConfig } from "./load-config.ts";

const LOOKUP = {
  variable: (name: string) => (name === "HOST" ? "registry.example" : undefined),
  file: () => "secret text",
};

function read(compose: string): ComposeForm | undefined {
  const indented = compose.trimEnd().replace(/^/gm, "    ");
  const text = `version: 1\nregistries:\n  hub: { image: docker.io/team/app }\n  aliyun: { image: r.example.cn/team/app }\nsite:\n  compose:\n${indented}\n`;
  return readConfig({ file: "slipway.yaml", text }, LOOKUP).site?.compose;
}

/** What is wrong: `line reason`, counted from `compose:` on. */
function wrongIn(compose: string): readonly string[] {
  try {
    read(compose);
    return [];
  } catch (error) {
    assert.ok(error instanceof SlipwayError);
    return problemsOf(error).map(({ facts, code }) => {
      const line = Number(/:(\d+):\d+$/.exec(String(facts.where))?.[1]) - 6;
      return `${line} ${facts.reason ?? `${code} ${facts.key}`}`;
    });
  }
}

const TEMPLATE = "template: { services: { app: { image: '{{image}}' } } }\n";
const field = (rest: string, use = "{{it}}") =>
  `fields:\n- { id: it, label: It, ${rest} }\ntemplate: { services: { app: { image: '{{image}}', x: "${use}" } } }\n`;

test("compose: the least that a form can be", () => {
  assert.deepEqual(read(`fields: []\n${TEMPLATE}`), {
    file: "docker-compose.yml",
    minimum: "2.20",
    groups: [],
    fields: [],
    images: {},
    template: { services: { app: { image: "{{image}}" } } },
  });
});

test("compose: all that can be said is read, texts for both languages or each", () => {
  const form = read(`
file: compose.yaml
minimum: 2.30
groups: [{ id: main, label: { en: Main, zh-CN: 主要 } }]
fields:
- { id: name, type: text, label: Name, group: main, required: true, default: app, pattern: "[a-z]+", message: { zh-CN: 小写 }, minLength: 2, maxLength: 9, placeholder: web, help: Say it }
- { id: count, type: number, label: N, default: -1.5, min: -2, max: 2.5, fractions: true }
- { id: port, type: port, label: P, default: 8080 }
- { id: kind, type: choice, label: K, options: [1.10, { value: yes, label: { en: "Yes" }, when: { port: 8080 } }], default: 1.10 }
- { id: on, type: toggle, label: O, default: true, when: { kind: [1.10, yes], name: { set: true } } }
- { id: key, type: secret, label: S, generate: 16, when: { on: true } }
- { id: folder, type: path, label: F, absolute: true, default: "C:\\\\data" }
images: { db: { default: postgres:17, aliyun: "\${HOST}/postgres:17" } }
template:
  services:
    app:
      image: "{{image}}"
      a: "{{name}} {{count}} {{port}} {{key}} {{folder}} {{.Docker}} {{ json . }}"
      b: { $if: { kind: 1.10, on: true, port: [8080, 1], key: { set: false } }, $first: ["{{image.db}}", x] }
      c: [80, "80", 0.5, 1.10, 0644, 1e3, yes, "true", true, ~, "", 'x', 0x10, -1]
`);
  assert.ok(form !== undefined);
  const same = (text: string) => ({ en: text, "zh-CN": text });
  assert.deepEqual(form.groups, [{ id: "main", label: { en: "Main", "zh-CN": "主要" } }]);
  assert.deepEqual([form.file, form.minimum], ["compose.yaml", "2.30"]);
  assert.deepEqual(form.fields, [
    {
      id: "name",
      label: same("Name"),
      group: "main",
      required: true,
      type: "text",
      default: "app",
      pattern: "[a-z]+",
      message: same("小写"),
      minLength: 2,
      maxLength: 9,
      placeholder: "web",
      help: same("Say it"),
    },
    {
      id: "count",
      label: same("N"),
      required: false,
      type: "number",
      default: -1.5,
      min: -2,
      max: 2.5,
      fractions: true,
    },
    { id: "port", label: same("P"), required: false, type: "port", default: 8080 },
    {
      id: "kind",
      label: same("K"),
      required: false,
      type: "choice",
      default: "1.10",
      options: [
        { value: "1.10", label: same("1.10") },
        { value: "yes", label: same("Yes"), when: { port: [8080] } },
      ],
    },
    {
      id: "on",
      label: same("O"),
      required: false,
      type: "toggle",
      default: true,
      when: { kind: ["1.10", "yes"], name: { set: true } },
    },
    { id: "key", label: same("S"), required: false, type: "secret", generate: 16, when: { on: [true] } },
    { id: "folder", label: same("F"), required: false, type: "path", absolute: true, default: "C:\\data" },
  ]);
  assert.deepEqual(form.images, { db: { default: "postgres:17", aliyun: "registry.example/postgres:17" } });
  assert.deepEqual(form.template, {
    services: {
      app: {
        image: "{{image}}",
        a: "{{name}} {{count}} {{port}} {{key}} {{folder}} {{.Docker}} {{ json . }}",
        b: {
          $if: { kind: ["1.10"], on: [true], port: [8080, 1], key: { set: false } },
          $first: ["{{image.db}}", "x"],
        },
        c: [80, "80", 0.5, "1.10", "0644", "1e3", "yes", "true", true, null, "", "x", "0x10", -1],
      },
    },
  });
});

test("compose: a form is plain data, as a page gets it", () => {
  const form = read(field("type: text"));
  assert.deepEqual(JSON.parse(JSON.stringify(form)), form);
});

const WRONG: readonly (readonly [what: string, compose: string, problems: readonly string[]])[] = [
  ["no template", "fields: []\n", ["1 CONFIG_KEY_MISSING template"]],
  ["an unknown key", `fields: []\nfeilds: []\n${TEMPLATE}`, ["2 CONFIG_KEY_MISSPELT feilds"]],
  [
    "a file that is a path",
    `file: ../x.yml\nfields: []\n${TEMPLATE}`,
    ["1 expected a file name, such as docker-compose.yml"],
  ],
  ["a version in words", `minimum: new\nfields: []\n${TEMPLATE}`, ["1 expected a version, such as 2.20"]],
  [
    "an id that is a sentence",
    field("type: text").replace("id: it", "id: my it").replace("{{it}}", "x"),
    ["2 expected letters, digits and underscores"],
  ],
  [
    "an id that is taken",
    `fields: [{ id: image, type: text, label: I }]\n${TEMPLATE}`,
    ["1 image stands for something else"],
  ],
  [
    "two ids that are one variable",
    `fields:\n- { id: apiKey, type: secret, label: A }\n- { id: api_key, type: secret, label: B }\ntemplate: { services: { app: { image: "{{image}} {{apiKey}} {{api_key}}" } } }\n`,
    ["3 apiKey is before it, and too much alike"],
  ],
  ["a type that is none", field("type: email"), ["2 expected one of text, number, port, choice, toggle, secret, path"]],
  ["a key of another type", field("type: port, maxLength: 3"), ["2 it does not go with type: port"]],
  ["a secret with a default", field("type: secret, default: x"), ["2 it does not go with type: secret"]],
  ["a choice without options", field("type: choice"), ["2 a choice needs `options`", "3 {{it}} is no field"]],
  ["a default that is no option", field("type: choice, options: [a, b], default: c"), ["2 choose one of the options"]],
  ["an option twice", field("type: choice, options: [a, b, a]"), ["2 a is there before"]],
  ["a default that is no port", field("type: port, default: 70000"), ["2 a port is a whole number from 1 to 65535"]],
  ["a default that is no number", field("type: number, default: 010"), ["2 expected a number"]],
  ["a default beyond the most", field("type: number, default: 10, max: 5"), ["2 at most 5"]],
  ["a most below the least", field("type: number, min: 2, max: 1"), ["2 it is less than `min`"]],
  ["a default that does not match", field('type: text, default: A, pattern: "[a-z]"'), ["2 it does not match [a-z]"]],
  [
    "a default that is too long",
    field("type: text, default: abc, maxLength: 2"),
    ["2 at most 2 characters; these are 3"],
  ],
  [
    "a path from nowhere",
    field("type: path, default: data, absolute: true"),
    ["2 give the whole path, from / or a drive letter on"],
  ],
  ["a switch that is neither", field("type: toggle, default: yes"), ["2 expected true or false"]],
  [
    "an expression that is none",
    field('type: text, pattern: "["'),
    ["2 Invalid regular expression: /^(?:[)$/u: Unterminated character class"],
  ],
  [
    "an expression of another language",
    field('type: text, pattern: "(?P<a>b)"'),
    ["2 Invalid regular expression: /^(?:(?P<a>b))$/u: Invalid group"],
  ],
  [
    "an expression without end",
    field('type: text, pattern: "([a-z]+)*"'),
    ["2 what repeats within what repeats can take for ever: leave one of them out"],
  ],
  ["a group that is none", field("type: text, group: main"), ["2 `groups` has no main"]],
  ["a condition on nothing", field("type: text, when: { there: x }"), ["2 there is no field there before it"]],
  [
    "a condition on what comes after",
    `fields:\n- { id: one, type: text, label: A, when: { other: x } }\n- { id: other, type: text, label: B }\ntemplate: { services: { app: { image: "{{image}} {{one}}" } } }\n`,
    ["2 there is no field other before it"],
  ],
  [
    "a condition that never holds",
    `fields:\n- { id: on, type: toggle, label: A }\n- { id: it, type: text, label: B, when: { on: maybe } }\ntemplate: { services: { app: { image: "{{image}} {{it}}" } } }\n`,
    ["3 on is never maybe"],
  ],
  [
    "a condition on a secret's value",
    `fields:\n- { id: key, type: secret, label: A }\n- { id: it, type: text, label: B, when: { key: x } }\ntemplate: { services: { app: { image: "{{image}} {{it}}" } } }\n`,
    ["3 key is a secret: only `set` can be asked of it"],
  ],
  [
    "a field for nothing",
    field("type: text", "x"),
    ["2 it is asked for nothing: neither the template nor a condition uses it"],
  ],
  [
    "a placeholder of nothing",
    field("type: text", "{{it}} {{imag}}"),
    ["3 {{imag}} is no field; did you mean {{image}}?"],
  ],
  ["an image of nothing", field("type: text", "{{it}} {{image.db}}"), ["3 {{image.db}} is no field"]],
  ["a template without services", "fields: []\ntemplate: { app: { image: '{{image}}' } }\n", ["2 it needs `services`"]],
  [
    "a template without the image",
    "fields: []\ntemplate: { services: { app: { image: x } } }\n",
    ["2 no service has {{image}}, which a source stands for"],
  ],
  [
    "a version in the template",
    "fields: []\ntemplate:\n  version: '3'\n  services: { app: { image: '{{image}}' } }\n",
    ["3 Compose takes no notice of `version` any more: leave it out"],
  ],
  [
    "a field in a key",
    `fields: [{ id: it, type: text, label: I }]\ntemplate: { services: { "{{it}}": { image: "{{image}} {{it}}" } } }\n`,
    ["2 fields go into values, not into keys"],
  ],
  [
    "a sign that is none",
    "fields: []\ntemplate: { services: { app: { image: '{{image}}', $unless: x } } }\n",
    ["2 expected $if, $value or $first"],
  ],
  [
    "$value beside others",
    "fields: []\ntemplate: { services: { app: { image: '{{image}}', a: { $value: 1, b: 2 } } } }\n",
    ["2 $value stands alone, or with $if"],
  ],
  [
    "$first of one",
    "fields: []\ntemplate: { services: { app: { image: '{{image}}', a: { $first: 1 } } } }\n",
    ["2 expected a list"],
  ],
  [
    "$if of nobody",
    "fields: []\ntemplate: { services: { app: { image: '{{image}}', a: { $if: { b: c }, d: 1 } } } }\n",
    ["2 there is no field b before it"],
  ],
  [
    "$if as a list",
    "fields: []\ntemplate: { services: { app: { image: '{{image}}', a: { $if: [b], d: 1 } } } }\n",
    ["2 expected a mapping, found a list"],
  ],
  [
    "an image without `default`",
    `fields: []\nimages: { db: { aliyun: a/b } }\n${TEMPLATE}`,
    ["2 it needs `default`, for sources that do not have it"],
  ],
  [
    "an image at nobody's",
    `fields: []\nimages: { db: { default: a/b, alyun: c/d } }\n${TEMPLATE}`,
    ["2 `registries` has no alyun; did you mean aliyun?"],
  ],
  [
    "what comes from a file",
    field("type: text").replace("It", '"${file:/run/secrets/x}"'),
    ["2 what comes from a file is secret, and this is for everybody"],
  ],
];
for (const [what, compose, problems] of WRONG) {
  test(`compose: ${what} is named with its place`, () => assert.deepEqual(wrongIn(compose), problems));
}
