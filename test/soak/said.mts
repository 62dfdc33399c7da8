/** What the item of a message said of it. */
export const SAID = { nothing: 0, sent: 1, unsure: 2, notDone: 3 } as const;
