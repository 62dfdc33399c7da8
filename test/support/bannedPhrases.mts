/**
 * Phrases that the style guide (CONTRIBUTING.md) does without, in any text for people: a native speaker would not write
 * them, or a plain technical noun exists.
 */
export const bannedPhrases: RegExp[] = [
	/\bfor good\b/i,
	/\be-mail/i,
	/\buser names?\b/i,
	/\btime-out/i,
	/\b(some|no|every)body\b/i,
	/\bshall\b/i,
	/\bcan be had\b/i,
	/\bin clear\b/i,
	/\ball the same\b/i,
	/\bin any case\b/i,
	/\bgo(es)? (on|away|along)\b/i,
	/\bwhat you leave out\b/i,
	/\bseparate (several|them)\b/i,
	/\b(gives?|given|giving|puts?|put) back\b/i,
	/, else\b/i,
	/\bis no (?!longer|more\b)[a-z]/i,
	/(?<!\b(?:in|for|within|about|takes) )\ba (run|minute|recipient)\b(?! of)/i,
	/\bof (your|an) account\b/i,
	/\bTelegent takes\b/,
	/\b(is|are|be|was|were) (told|heard)\b/i,
	/\bwhose [^.]* to [a-z]+\b/i,
	/\b(web address|address of yours|an address of|the address that)\b/i,
	/\bopt-(in|out) words?\b/i,
	/\bquiet hours\b/i,
	/\bflagged word\b/i,
	/\b(honour|recognis|organis|authoris|signalling|cancelled|cancelling|behaviour|colour)/i,
	/\b(afterwards|whilst|amongst)\b/i,
	/\banew\b/i,
	/\bwhatever (its|his|her|their)\b/i,
	/(^|[.:] )Who(ever)? (reached|got|gets|has|wrote|opted)\b[^?]*$/,
	/\bas [^.]* tells\b/i,
];

/** The first banned phrase in a text; undefined where there is none. */
export const bannedIn = (text: string): string | undefined =>
	bannedPhrases.map((phrase) => phrase.exec(text)?.[0]).find((found) => found !== undefined);
