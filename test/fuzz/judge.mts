/** What JavaScript and its engine say, and no message to a person should. */
export const engineWords =
	/Cannot (?:read|convert|destructure|set|mix)[^\n]{0,40}|is not (?:a function|iterable|defined)|\[object \w+\]|Maximum call stack|Invalid (?:array length|time value|string length)|Unexpected (?:token|end of)|URI malformed|Reduce of empty|\bundefined\b|\bat \S+ \(\S+:\d+:\d+\)/;

export const MOST_CHARACTERS = 3_000;
