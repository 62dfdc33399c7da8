/**
 * Area codes of the North American Numbering Plan by time zone (NANPA's assignments, tz database names; as of 2026).
 * Where an area code lies in several zones, those at its edges are named: what holds in both holds between them.
 * A mobile number may have moved with its owner: the area code says where it was given out.
 */
const AREA_CODES: Array<[zones: string, areaCodes: string]> = [
	[
		'America/New_York',
		'201 202 203 207 212 215 216 220 223 227 229 231 234 239 240 248 252 260 267 269 272 276 283 301 302 304 305 313 ' +
			'315 317 321 324 326 329 330 332 336 339 347 351 352 363 380 386 401 404 407 410 412 413 419 434 436 440 443 ' +
			'445 463 470 472 475 478 484 502 508 513 516 517 518 540 551 561 567 570 571 582 585 586 603 607 609 610 614 ' +
			'616 617 624 631 640 645 646 656 667 678 679 680 681 686 689 703 704 706 716 717 718 724 727 728 732 734 740 ' +
			'743 754 757 762 765 770 771 772 774 781 786 802 803 804 810 813 814 821 826 828 835 838 839 843 845 848 854 ' +
			'856 857 859 860 862 863 864 865 878 904 908 910 912 914 917 919 929 934 937 941 943 947 948 954 959 973 978 ' +
			'980 984 989',
	],
	[
		'America/Chicago',
		'205 210 214 217 218 224 225 228 235 251 254 256 262 274 281 309 312 314 316 318 319 320 325 327 331 334 337 346 ' +
			'353 361 402 405 409 414 417 430 432 447 457 464 469 471 479 483 501 504 507 512 515 531 534 539 557 563 ' +
			'572 573 580 601 608 612 615 618 621 629 630 636 641 651 659 660 662 682 708 712 713 715 726 730 731 737 763 ' +
			'769 773 779 806 815 816 817 830 832 847 861 870 872 901 903 913 918 920 924 931 936 938 940 945 952 956 972 ' +
			'975 979 985',
	],
	['America/Denver', '303 307 385 406 435 505 575 719 720 748 801 915 970 983'],
	['America/Phoenix', '480 520 602 623'],
	[
		'America/Los_Angeles',
		'206 209 213 253 279 310 323 341 350 357 360 369 408 415 424 425 442 503 509 510 530 559 562 564 619 626 628 650 ' +
			'657 661 669 702 707 714 725 738 747 760 805 818 820 831 837 840 858 909 916 925 949 951 971',
	],
	['Pacific/Honolulu', '808'],
	// States and provinces that lie in several zones, and Arizona's north-east, which keeps daylight saving time.
	['America/New_York America/Chicago', '219 270 364 423 448 574 606 729 812 850 906 930'],
	['America/Chicago America/Denver', '308 605 620 701 785'],
	['America/Phoenix America/Denver', '928'],
	['America/Los_Angeles America/Denver', '208 458 541 775 986'],
	['America/Anchorage America/Adak', '907'],
	// Territories of the United States.
	['America/Puerto_Rico', '787 939'],
	['America/St_Thomas', '340'],
	['Pacific/Guam', '671'],
	['Pacific/Saipan', '670'],
	['Pacific/Pago_Pago', '684'],
	// Canada.
	[
		'America/Toronto',
		'226 249 263 289 343 354 365 382 387 416 437 438 450 468 514 519 548 579 613 647 683 705 742 753 819 873 905 942',
	],
	['America/Toronto America/Halifax', '367 418 581'],
	['America/Toronto America/Winnipeg', '807'],
	['America/Winnipeg', '204 431 584'],
	['America/Regina America/Edmonton', '306 474 639'],
	['America/Edmonton', '368 403 587 780 825'],
	['America/Vancouver', '604'],
	['America/Vancouver America/Edmonton', '236 250 257 672 778'],
	['America/Halifax', '428 506 782 902'],
	['America/St_Johns America/Halifax', '709 879'],
	['America/Whitehorse America/Iqaluit', '867'],
	// Caribbean and Bermuda.
	['America/Anguilla', '264'],
	['America/Antigua', '268'],
	['America/Barbados', '246'],
	['America/Cayman', '345'],
	['America/Dominica', '767'],
	['America/Grand_Turk', '649'],
	['America/Grenada', '473'],
	['America/Jamaica', '658 876'],
	['America/Lower_Princes', '721'],
	['America/Montserrat', '664'],
	['America/Nassau', '242'],
	['America/Port_of_Spain', '868'],
	['America/Santo_Domingo', '809 829 849'],
	['America/St_Kitts', '869'],
	['America/St_Lucia', '758'],
	['America/St_Vincent', '784'],
	['America/Tortola', '284'],
	['Atlantic/Bermuda', '441'],
];

/** Countries with one time zone, by calling code. Others (Australia, Brazil, Mexico, Spain, …) need a given zone. */
const COUNTRIES =
	'20 Africa/Cairo,27 Africa/Johannesburg,30 Europe/Athens,31 Europe/Amsterdam,32 Europe/Brussels,33 Europe/Paris,' +
	'36 Europe/Budapest,39 Europe/Rome,40 Europe/Bucharest,41 Europe/Zurich,43 Europe/Vienna,44 Europe/London,' +
	'45 Europe/Copenhagen,46 Europe/Stockholm,47 Europe/Oslo,48 Europe/Warsaw,49 Europe/Berlin,51 America/Lima,' +
	'53 America/Havana,54 America/Argentina/Buenos_Aires,57 America/Bogota,58 America/Caracas,60 Asia/Kuala_Lumpur,' +
	'63 Asia/Manila,65 Asia/Singapore,66 Asia/Bangkok,81 Asia/Tokyo,82 Asia/Seoul,84 Asia/Ho_Chi_Minh,' +
	'86 Asia/Shanghai,90 Europe/Istanbul,91 Asia/Kolkata,92 Asia/Karachi,94 Asia/Colombo,212 Africa/Casablanca,' +
	'213 Africa/Algiers,216 Africa/Tunis,221 Africa/Dakar,225 Africa/Abidjan,233 Africa/Accra,234 Africa/Lagos,' +
	'237 Africa/Douala,250 Africa/Kigali,251 Africa/Addis_Ababa,254 Africa/Nairobi,255 Africa/Dar_es_Salaam,' +
	'256 Africa/Kampala,258 Africa/Maputo,260 Africa/Lusaka,263 Africa/Harare,264 Africa/Windhoek,297 America/Aruba,' +
	'350 Europe/Gibraltar,352 Europe/Luxembourg,353 Europe/Dublin,354 Atlantic/Reykjavik,355 Europe/Tirane,' +
	'356 Europe/Malta,357 Asia/Nicosia,358 Europe/Helsinki,359 Europe/Sofia,370 Europe/Vilnius,371 Europe/Riga,' +
	'372 Europe/Tallinn,373 Europe/Chisinau,374 Asia/Yerevan,376 Europe/Andorra,377 Europe/Monaco,' +
	'378 Europe/San_Marino,380 Europe/Kiev,381 Europe/Belgrade,382 Europe/Podgorica,385 Europe/Zagreb,' +
	'386 Europe/Ljubljana,387 Europe/Sarajevo,389 Europe/Skopje,420 Europe/Prague,421 Europe/Bratislava,' +
	'423 Europe/Vaduz,501 America/Belize,502 America/Guatemala,503 America/El_Salvador,504 America/Tegucigalpa,' +
	'505 America/Managua,506 America/Costa_Rica,507 America/Panama,509 America/Port-au-Prince,591 America/La_Paz,' +
	'592 America/Guyana,595 America/Asuncion,597 America/Paramaribo,598 America/Montevideo,599 America/Curacao,' +
	'673 Asia/Brunei,679 Pacific/Fiji,852 Asia/Hong_Kong,853 Asia/Macau,855 Asia/Phnom_Penh,880 Asia/Dhaka,' +
	'886 Asia/Taipei,960 Indian/Maldives,961 Asia/Beirut,962 Asia/Amman,965 Asia/Kuwait,966 Asia/Riyadh,' +
	'968 Asia/Muscat,971 Asia/Dubai,972 Asia/Jerusalem,973 Asia/Bahrain,974 Asia/Qatar,977 Asia/Kathmandu,' +
	'992 Asia/Dushanbe,994 Asia/Baku,995 Asia/Tbilisi,996 Asia/Bishkek,998 Asia/Tashkent';

const byPrefix = new Map<string, string[]>([
	...AREA_CODES.flatMap(([zones, codes]) =>
		codes.split(' ').map((code): [string, string[]] => [`1${code}`, zones.split(' ')]),
	),
	...COUNTRIES.split(',').map((entry): [string, string[]] => {
		const [code, zone] = entry.split(' ');
		return [code, [zone]];
	}),
]);

const MAX_PREFIX = 4;

/**
 * The time zones that a number may be in; more than one where its area code reaches over several.
 * Empty where the number does not tell: toll-free numbers, countries with several zones.
 * @param number in E.164
 */
export function zonesOf(number: string): string[] {
	const digits = number.replace(/^\+/, '');
	const own = digits.startsWith('1') ? [MAX_PREFIX] : [3, 2];
	for (const length of own) {
		const zones = byPrefix.get(digits.slice(0, length));
		if (zones) return zones;
	}
	return [];
}
