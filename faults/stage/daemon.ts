import { Serving } from "../../test/support/serving.ts";
import { Workplace } from "../../test/support/workplace.ts";

/** What an operator of the daemon on the stage has. */
export const OPERATOR = "an-operator's-token-that-nobody-guesses";

/** What a daemon on the stage starts with. */
export interface DaemonSetting {
  /** `slipway.yaml`, behind its version. */
  readonly config: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `slipway serve` in a folder of its own, and what asks it from outside. */
export class DaemonStage implements AsyncDisposable {
  readonly workplace: Workplace;
  readonly #setting: DaemonSetting;
  #serving: Serving;

  private constructor(workplace: Workplace, setting: DaemonSetting) {
    this.workplace = workplace;
    this.#setting = setting;
    this.#serving = this.#start();
  }

  static async open(setting: DaemonSetting): Promise<DaemonStage> {
    const files = { "slipway.yaml": `version: 1\n${setting.config}` };
    const stage = new DaemonStage(await Workplace.with(files), setting);
    await stage.serving.url();
    return stage;
  }

  get serving(): Serving {
    return this.#serving;
  }

  /** Starts it again in the same folder, once it has ended. */
  async again(): Promise<Serving> {
    await this.#serving.ended;
    this.#serving = this.#start();
    await this.#serving.url();
    return this.#serving;
  }

  /** Asks it something. @param token default: nobody's */
  async ask(
    path: string,
    {
      token,
      headers = {},
      ...init
    }: {
      readonly method?: string;
      readonly body?: string;
      readonly token?: string;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch((await this.serving.url()) + path, {
      ...init,
      headers: { ...authorization, ...headers },
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#serving[Symbol.asyncDispose]();
    await this.workplace[Symbol.asyncDispose]();
  }

  #start(): Serving {
    return new Serving(this.workplace, "serve", { env: { SLIPWAY_TOKEN: OPERATOR, ...this.#setting.env } });
  }
}
