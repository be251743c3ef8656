/** A text in the languages of the pages. */
export interface LocalizedText {
  readonly en: string;
  readonly "zh-CN": string;
}

/** A value of a field: what a person typed, chose or switched. Numbers and ports are numbers once they are valid. */
export type FieldValue = string | number | boolean;

/** What a person has put into the form so far, by field id; secrets among them never leave the page. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** Shown, and part of the file, only where every named field has (one of) these values; `set`: it is not empty. */
export type Condition = Readonly<Record<string, FieldValue | readonly FieldValue[] | { readonly set: boolean }>>;

interface FieldBase {
  readonly id: string;
  readonly label: LocalizedText;
  readonly help?: LocalizedText;
  readonly placeholder?: string;
  /** The section of the form that it stands in: the id of one of `groups`. */
  readonly group?: string;
  readonly when?: Condition;
  /** An empty one is no answer. */
  readonly required: boolean;
}

/** Said where a value does not hold, in place of the usual words. */
interface Checked {
  /** A regular expression that the whole value has to match. */
  readonly pattern?: string;
  readonly message?: LocalizedText;
}

export type Field = FieldBase &
  (
    | ({
        readonly type: "text";
        readonly default?: string;
        readonly minLength?: number;
        readonly maxLength?: number;
      } & Checked)
    /** Whole, unless `fractions` are allowed. */
    | {
        readonly type: "number";
        readonly default?: number;
        readonly min?: number;
        readonly max?: number;
        readonly fractions?: boolean;
      }
    /** 1 to 65535. */
    | { readonly type: "port"; readonly default?: number }
    | { readonly type: "choice"; readonly default: string; readonly options: readonly ChoiceOption[] }
    | { readonly type: "toggle"; readonly default: boolean }
    /** Typed, or made in the page: never kept, never in a link. `generate`: so many letters and digits are offered. */
    | ({ readonly type: "secret"; readonly generate?: number } & Checked)
    | ({ readonly type: "path"; readonly default?: string; readonly absolute?: boolean } & Checked)
  );

export interface ChoiceOption {
  readonly value: string;
  readonly label: LocalizedText;
  readonly when?: Condition;
}

/** A node of the template, after the configuration was read. */
export type TemplateNode =
  | string
  | number
  | boolean
  | null
  | readonly TemplateNode[]
  | { readonly [key: string]: TemplateNode };

/** `site.compose`: what the builder asks, and what it makes of the answers. Plain data, the same in page and terminal. */
export interface ComposeForm {
  /** What the file is called: `docker-compose.yml`. */
  readonly file: string;
  /** The smallest Docker Compose that takes it: `2.20`. */
  readonly minimum: string;
  readonly groups: readonly { readonly id: string; readonly label: LocalizedText }[];
  readonly fields: readonly Field[];
  /** Images besides the project's own, by name, and what each is called at a source that has it; `default` is for others. */
  readonly images: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * The file as a tree. `{{field}}` in a text is the field's value, a text that is nothing else keeps its type; `{{image}}` is
   * the chosen source's image with its tag, `{{image.NAME}}` another of `images`. A mapping with `$if` is left out where
   * that condition does not hold; `$value` stands for a mapping that is no mapping, and `$first` for the first of a list of which
   * something is left. A text with a field that has no value is
   * left out, and so are lists and mappings of which nothing is left; what is written as empty stays.
   */
  readonly template: TemplateNode;
}
