/** Something that takes in work and can be emptied. */
export interface Drains {
  /** What is in work now. */
  count(): { readonly busy: number; readonly consumers: number };
  /** Takes in nothing more and resolves when everything taken is done. */
  drain(): Promise<void>;
}
