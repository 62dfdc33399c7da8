// What a program printed when it failed, in plain words: what happened and what to do.

const NO_NETWORK =
	/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network (?:is )?unreachable/i;
const NO_COMPILER =
	/not found: (?:make|gcc|g\+\+|cc|c\+\+)|(?:make|g\+\+|gcc|cc|c\+\+): (?:command )?not found|could not find any (?:visual studio|python)|find python|xcode-select|no xcode|command line tools/i;

/** @type {Record<string, string>} */
const COMPILERS = {
	darwin: 'On macOS: run `xcode-select --install`.',
	win32:
		'On Windows: install Python from python.org and "Desktop development with C++" from the Visual Studio Build Tools.',
	linux: [
		'On Debian or Ubuntu: `sudo apt-get install -y python3 make g++`.',
		'On Fedora: `sudo dnf install -y python3 make gcc-c++`. On Alpine: `apk add python3 make g++`.',
	].join(' '),
};

/** @param {string} output */
const lastWords = (output) => output.trim().split('\n').slice(-12).join('\n');

/**
 * The reasons that every install shares.
 * @param {string} output
 */
function common(output) {
	if (/ENOSPC|no space left/i.test(output))
		return 'The disk is full: about 4 GB are needed. Free some space, then run the command again.';
	if (/EACCES|EPERM|EROFS/.test(output))
		return 'npm doesn’t have permission to write to this folder or its cache. Run the command as the user who owns them.';
	if (NO_NETWORK.test(output))
		return 'The npm registry cannot be reached. Check the network (and the proxy, if you use one), then run the command again.';
	return undefined;
}

/**
 * npm's answer to an install.
 * @param {string} output what npm printed
 */
export function explainNpm(output) {
	if (/npm (?:error|ERR!) code E(?:TARGET|404)/.test(output))
		return `The npm registry does not have a package that is needed. If you use a mirror, it may lag behind.\n${lastWords(output)}`;
	if (/npm (?:error|ERR!) code EINTEGRITY/.test(output))
		return 'A download arrived damaged. Run `npm cache clean --force`, then run the command again.';
	return common(output) ?? `npm could not install the packages. Its last words:\n${lastWords(output)}`;
}

/**
 * npm's answer when it should have built or fetched a native part.
 * @param {string} what the part, e.g. "SQLite for n8n"
 * @param {string} output what npm printed
 * @param {NodeJS.Platform} [platform]
 */
export function explainNative(what, output, platform = process.platform) {
	if (NO_COMPILER.test(output)) {
		return [
			`${what} could neither be downloaded ready-made nor compiled here, because a C++ compiler, make or Python is missing.`,
			`${COMPILERS[platform] ?? COMPILERS.linux} Then run the command again: it carries on from there.`,
		].join('\n');
	}
	if (NO_NETWORK.test(output))
		return `${what} could not be downloaded: npm's registry, github.com or nodejs.org cannot be reached. Check the network (and the proxy, if you use one), then run the command again.`;
	return common(output) ?? `${what} couldn’t be set up. Last lines of npm’s output:\n${lastWords(output)}`;
}
