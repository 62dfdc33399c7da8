import { intentOf } from '../../../../nodes/shared/inbound/intent.ts';

describe('intentOf recognizes carrier keywords', () => {
	const words = {
		optOut: [
			'STOP',
			'stop',
			' Stop. ',
			'STOP!!',
			'StopAll',
			'stop all',
			'UNSUBSCRIBE',
			'cancel',
			'End',
			'QUIT',
			'OPTOUT',
			'opt-out',
			'Opt out',
			'REVOKE',
			'“stop”',
			'ＳＴＯＰ',
			'stop 🙏',
		],
		optIn: ['START', 'unstop', 'Yes', 'yes!'],
		help: ['HELP', 'help?', 'Info'],
	};
	test.each(Object.entries(words).flatMap(([intent, texts]) => texts.map((text) => [text, intent])))(
		'"%s" is %s',
		(text, intent) => expect(intentOf(text)).toBe(intent),
	);
	test.each([
		'',
		'stop it',
		'please stop',
		'nonstop',
		'yes please',
		'helpful',
		'S T O P',
		'the end',
		'!',
		'停止',
	])('"%s" has no intent', (text) => expect(intentOf(text)).toBeNull());
});
