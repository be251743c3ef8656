/** What a form is made of: `site.compose` of the configuration. */
export type {
  ChoiceOption,
  ComposeForm,
  Condition,
  Field,
  FieldValue,
  FieldValues,
  TemplateNode,
} from "../../config/compose/form.ts";
