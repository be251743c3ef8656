/** Something that is done when it is wanted, but one at a time and not too often. */
export interface Eased {
  readonly want: () => void;
  readonly stop: () => void;
}

/**
 * What is wanted while the task is under way, or less than a gap after it, is done once more then: news may come faster
 * than answers.
 * @param gap milliseconds
 */
export function eased(task: () => Promise<void>, gap: number): Eased {
  let isResting = true;
  let isWanted = false;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function begin(): Promise<void> {
    isResting = false;
    isWanted = false;
    await task();
    if (isOver) return;
    timer = setTimeout(() => {
      isResting = true;
      if (isWanted) void begin();
    }, gap);
  }
  return {
    want: () => {
      isWanted = true;
      if (isResting && !isOver) void begin();
    },
    stop: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
