/** An element of a declaration that cannot be accepted. */
export interface Problem {
  readonly elementPath: string;
  readonly message: string;
}

/** Collects problems, so that a refusal names all of them. */
export class Problems {
  readonly #found: Problem[] = [];

  add(elementPath: string, message: string): void {
    this.#found.push({ elementPath, message });
  }

  get found(): readonly Problem[] {
    return this.#found;
  }
}
