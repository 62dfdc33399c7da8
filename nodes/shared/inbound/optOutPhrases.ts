/*
 * The phrases by which people ask for no more messages, in words without accents and punctuation, with one space between
 * them. No phrase repeats anything without a bound, so that the time stays linear in the length of a text.
 */

const words = (list: string) => new Set(list.split(' '));

/** What may follow a phrase. Anything else limits it: "stop texting me at night", "stop sending me the wrong color". */
const FOLLOWS =
	'again|anymore|any|more|ever|please|now|asap|immediately|thanks|thank|thx|ty|and|or|i|im|you|this|already|ok|okay|right|completely|forever|permanently|because|since|bc|cuz|cause|lol|bro|man|dude|wrong number|wrong person|wrong guy|who|fuck|damn|jesus|god|all together|at this|at my (?:number|phone|cell|work|job|office)|on this|on my (?:number|phone|cell|mobile|line)|to this|to my (?:phone|number|cell|mobile|personal|private|work)|with this|with these|no more|it s|its|if you|every single|last (?:week|month|year|time)|from (?:now on|this number|you|different|these|multiple)|por favor|porfavor|gracias|ya|nunca|jamas|svp|s il|merci|jamais|bitte|danke|obrigado|grazie|per favore|aub|alstublieft';

/** A phrase between spaces. `{name}` stands for one of PARTS. */
function phrase(source: string): RegExp {
	const filled = (text: string): string =>
		text.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => filled(`(?:${PARTS[name]})`));
	return new RegExp(` (?:${filled(source)})(?= (?:$|(?:${FOLLOWS}) ))`, 'g');
}

const PARTS: Record<string, string> = {
	stop: 'stop|quit|cease|discontinue|desist from',
	dont: 'don t|dont|do not|never',
	rude: ' fucking| fuckin| freaking| the fuck',
	texts: 'texts|text|text messages|messages|message|sms|spam|notifications|promos|promotions|ads',
	// "stop texting …"
	texting:
		'texting|messaging|contacting|bothering|harassing|spamming|pestering|bugging|annoying|blowing up|hitting up|(?:calling|emailing) (?:and|or) texting|texting (?:and|or) (?:calling|emailing)',
	text: 'text|message|contact|bother|spam|sms|(?:call|email) (?:and|or) text|text (?:and|or) (?:call|email)',
	me: 'me|us|her|him|my phone|my number|my cell|my cell phone|my phone number|this number|this phone|this phone number|this cell',
	which:
		' any| more| anymore| all| these| this| those| the| your| such| stupid| damn| dumb| annoying| fucking| text| sms| marketing| promo| promotional| promotion| sales| spam| future| political| campaign| further| additional| unwanted| of| other',
	messages:
		'texts|text|messages|message|sms|spam|crap|stuff|shit|junk|garbage|bs|promos|promotions|ads|advertisements|adverts|offers|alerts|notifications|marketing|communications|communication|text subscription|text alerts|mms|coupons|deals',
	whichever: '(?:{which}){0,3}',
	// "… from your list"
	number:
		'me|us|my number|my phone number|my cell number|my cell|my phone|my info|my contact info|my information|my contact|my name|my name and number|this number|this phone number|this phone',
	removed: '(?:removed|taken|deleted|dropped|unsubscribed)(?: {from}{list})?',
	list: '(?: all| any| future| of| your| this| the| that| these| those){0,3}(?: mailing| text| texting| sms| contact| contacts| phone| call| calling| marketing| distribution| email| messaging| message| customer| client| spam| and| or){0,4} (?:lists?|database|system|systems|contacts|records|texts|messages|texting|group text|campaign|campaigns)',
	from: 'from|off|off of|out of',
};

/** Meant wherever they stand, unless something before denies it. */
const ENGLISH = [
	'{stop}(?:{rude})? {texting} {me}(?! and driv)',
	'{stop}(?:{rude})? sending(?: {me})?{whichever}(?: {messages})?(?: to {me})?',
	'{stop}(?:{rude})? (?:getting|receiving)(?:{whichever} {messages}| these| them)',
	'(?:{dont})(?: ever)? send(?: {me})? any more of (?:these|those|them)',
	'not allowed to {text} {me}',
	'no permission to {text} {me}',
	'do not use this number',
	'(?:{stop}|end(?! of)|cancel|turn off)(?: with| it with| my)?{whichever} {messages}(?: to {me})?',
	'(?:told|tell|telling|asked|ask|asking) you(?: [a-z0-9]{1,10}){0,3} to stop',
	'if you (?:don t|dont|do not) (?:stop|quit|remove me)',
	'stop or (?:i|we)(?: ll| will| m| am)?(?: going to| gonna)? (?:report|sue|call|block|contact|file|reporting|calling|filing)',
	'(?:{dont})(?: ever)? (?:{text}) (?:{me})',
	'(?:{dont})(?: ever)? send(?: {me})?{whichever} {messages}(?: to {me})?',
	'(?:{dont})(?: ever)? send {me} (?:anything|nothing)(?: else| more| again)',
	'(?:{dont}|no longer|not)(?: really| even)? (?:want|wish|need|care|consent|agree|interested)(?: to| in)?(?: get| getting| receive| receiving| be| have| to){0,2}{whichever} (?:{texts}|contacted|texted|messaged)',
	'(?:{dont}|no longer)(?: really)? (?:want|wish|need) to be (?:on|in){list}',
	'(?:never|didn t|didnt|did not) (?:gave|give) (?:you|u)(?: my| any)? (?:permission|consent)(?: to (?:text|contact|message) {me})?',
	'(?:text|message|contact) me (?:again|one more time) and i(?: ll| will| m| am)?(?: going to| gonna)? (?:sue|report|block)',
	'(?:you |u )?(?:don t|dont|do not|no longer) have (?:my|any) (?:consent|permission)(?: to (?:text|contact|message) {me})?',
	'(?:you |u )?(?:don t|dont|do not|no longer) have permission to (?:text|contact|message) {me}',
	'(?:revoke|withdraw|revoking|withdrawing)(?: all)?(?: my| any)? (?:consent|permission)(?: to (?:be )?(?:contacted|texted|messaged|contact me|text me|message me))?',
	'unsubscribe (?:{me})(?: from(?:{list}| {messages}|{whichever} {messages}| this| all| everything| these))?',
	'opt (?:{me}) out(?: (?:of|from)(?:{list}| {messages}|{whichever} {messages}| this| all| everything| these))?',
	'(?:remove|take|delete|erase|drop|pull|scrub|purge) {number} {from}{list}',
	'get {number} (?:off|off of|out of){list}',
	'remove from{list}',
	'(?:remove|take|delete|drop) (?:it|her|him|them|number|the number) {from} your(?: [a-z]{1,12})? (?:lists?|database|system)',
	'(?:can|could|may|how do|how can) (?:i|we) (?:please )?(?:be|get) {removed}',
	'(?:want|wish|like|ask|asked|asking|need)(?: me| us| my number| this number)? to (?:be|get) {removed}',
	'(?:me|my number|this number) (?:must|should|needs to) be {removed}',
	'(?:have|get) (?:me|my number|this number) {removed}',
	'(?:remove|delete|erase|scrub) (?:my number|my phone number|my cell number|my cell|this number|this phone number|my contact info|my info)(?! and)',
	'(?:lose|forget) (?:my number|my phone number|this number)(?! and)',
	'(?:remove me|take me off)(?! and)',
	'(?:put|add|place) (?:me|us|my number|this number) (?:on|to) (?:your|the|ur) do not (?:call|contact|text|message)(?: list)?',
	'(?:these|the|your|those|all) (?:texts|messages) (?:must|should|need to|have to|got to|gotta|to) stop',
	'make (?:these|the|your|those|all)(?: the| these)? (?:texts|messages) stop',
	'appreciate it if you (?:would |could )?(?:please )?(?:stop|stopped|quit) (?:{texting} {me}|sending(?: {me})?{whichever} {messages})',
	'(?:{dont}) bother {texting} {me}',
	'(?:i|i ve|ive|i have)(?: already)? (?:said|texted|replied|typed|sent) stop',
	'i keep (?:texting|replying|saying|sending|typing) stop',
	'trying to (?:unsubscribe|opt out)(?: for (?:days|weeks|months|years))?',
	'(?:honor|respect) my (?:opt out|unsubscribe)(?: request)?',
	'if you (?:text|message|contact) me (?:again|one more time) (?:i|we)(?: ll| will| m| am)?(?: going to| gonna)? (?:sue|suing|report|reporting|block|blocking)(?: you)?',
	'i(?: ll| will| m going to| am going to) (?:sue|report|block) you if you (?:text|message|contact) me',
	'cancel my(?: text| sms| message)? subscription to (?:these|the|your) {messages}',
	'(?:no longer|not) interested in (?:receiving|getting) (?:these|those|them|any more)',
	'{stop} asking (?:me|us)(?: for)? (?:money|donations|contributions)',
	'cease and desist',
];

/** Meant only where a clause begins with them, after a polite opening: they are part of much else. */
const ENGLISH_OPENING = [
	'(?:unsubscribe|opt out|opting out|optout)(?: (?:from|of|off)(?:{list}| {messages}|{whichever} {messages}| this| this number| all| everything| these| here| you))?',
	'(?:{dont}) (?:text|message|contact)(?! and)',
	'want off (?:your|this|the) list',
	'(?:no more|enough)(?: with| of)?{whichever} {messages}',
	'{stop} {texting}(?! and| i)',
	'(?:i m |im |i am )?unsubscribing',
	'no(?: more| political| marketing| promo| promotional| sales){0,2} (?:texts|text messages|messages)(?= please)',
	'no(?: more)? texts(?= $)',
	'delete me(?= (?:$|please|from))',
	'get off (?:your|this|ur)(?: mailing| text| texting| call| contact)? list',
	'leave (?:me|us) alone',
	'(?:lose|forget) (?:my|this) number',
	'block me',
	'go away',
	'i want out',
];

const SPANISH = [
	'(?:deja|deje|dejen|dejad|para|pare|paren)(?: ya)? de (?:enviarme|mandarme|escribirme|enviar|mandar|molestar|molestarme|contactarme|textearme|mensajearme|enviarnos|mandarnos)(?: mas| estos| sus| tus| los){0,2}(?: mensajes| textos| sms| mensaje)?(?: a este numero| a mi numero)?',
	'no (?:me|nos) (?:envien|envie|envies|manden|mande|mandes|escriban|escriba|escribas|contacten|contacte|contactes|texteen|textees)(?: mas| otro| ningun| estos| sus){0,2}(?: mensajes| textos| sms| mensaje)?(?: mas)?',
	'no (?:quiero|deseo|quisiera|queremos)(?: recibir)?(?: mas| estos| sus| tus| ningun| otro){0,2} (?:mensajes|textos|sms|mensaje)(?: de ustedes| suyos)?',
	'no mas (?:mensajes|textos|sms)',
	'no (?:enviar|mandar)(?:me)?(?: mas)? (?:mensajes|textos|sms)',
	'(?<! no )me (?:quiten|saquen|borren|eliminen) de (?:la|su|tu|esta) lista',
	'(?:dar|darme|dame|deme|denme|darse|den)(?: me)? de baja(?: de (?:la|su|tu|esta) lista| de (?:los|sus|estos) mensajes)?',
	'(?:quit|sac|saqu|elimin|borr)(?:a|e|en|ar)(?:me|nos)(?: de (?:la|su|tu|esta|sus|las) (?:lista|listas|base de datos))',
	'(?:quit|sac|saqu|elimin|borr)(?:a|e|en|ar) mi (?:numero|telefono|celular)(?: de (?:la|su|tu|esta|sus) (?:lista|base de datos|sistema))?',
	'cancelar(?: la| mi)?(?: suscripcion(?: de| a)?)?(?: los| estos| sus)? (?:mensajes|textos|sms)',
];

const FRENCH = [
	'(?:arretez|arrete|arreter|cessez|cesse|stop) (?:de|d) (?:(?:m|me|nous) )?(?:envoyer|ecrire|contacter|texter|harceler|spammer|deranger)(?: des| vos| tes| ces| les| de| d autres){0,2}(?: messages| sms| textos| message| pubs| publicites)?',
	'(?:stop|arretez|arret)(?: aux| les| des| ces| vos| avec| a vos| a ces){0,2} (?:messages|sms|textos|pubs)',
	'ne (?:m|me|nous) (?:envoyez|envoie|ecrivez|ecris|contactez|contacte|textez|texte) (?:plus|pas)(?: jamais)?(?: de| vos| aucun| des){0,2}(?: rien| messages| sms| textos| message| pubs)?',
	'ne plus (?:m|me|nous) (?:envoyer|ecrire|contacter|texter|deranger)(?: de| vos| aucun| des){0,2}(?: messages| sms| textos| message| pubs)?',
	'(?:veux|souhaite|desire|voudrais|veut|souhaitons) (?:plus|pas) (?:recevoir )?(?:de |vos |ces |des |aucun |tes |d autres ){0,2}(?:messages|sms|textos|message|pubs)',
	'(?:retirez|enlevez|supprimez|effacez|otez|retirer|enlever|supprimer|retire|enleve|supprime|me retirer|m enlever|me supprimer)(?: moi| mon numero| mon nom)? de (?:votre|la|vos|cette|ta) (?:liste|listes|base|base de donnees)',
	'(?:retirez|enlevez|supprimez|effacez|efface|supprime) mon numero',
	'(?:desabonnez|desinscrivez|desabonne|desinscris) moi',
	'(?:veux|souhaite|voudrais|aimerais|comment|desire|veuillez|merci de) (?:me |se )?(?:desabonner|desinscrire)',
];

const GERMAN = [
	'(?:mochte|will|wunsche|wollen|mochten|wurde)(?: gerne)? keine(?: weiteren| werbe){0,2} (?:sms|nachrichten|texte|werbung)(?: mehr)?(?: von ihnen)?(?: erhalten| bekommen| haben)?',
	'(?:horen|hor|hort)(?: sie| bitte| endlich){0,2} auf(?: damit)?(?: mir| uns)?(?: sms| nachrichten)? zu (?:schreiben|schicken|senden)',
	'(?:schreib|schreiben|schreibt|schicken|schickt|schick|senden|sendet)(?: sie)?(?: mir| uns)(?: bitte)? (?:nicht mehr|nie wieder|keine (?:sms|nachrichten)(?: mehr)?)',
	'(?:losch|losche|loschen|loscht|entfern|entferne|entfernen|streichen)(?: sie)?(?: bitte)? meine (?:nummer|telefonnummer|handynummer)',
	'(?:mochte|will) mich abmelden',
	'(?:nehmen|nehmt|nimm|streichen|streicht|loschen|entfernen)(?: sie)?(?: bitte)? (?:mich|meine nummer)(?: bitte)? (?:von|aus|vom)(?: der| ihrer| eurer| dem| diesem| dieser| ihrem| deiner)? (?:liste|verteiler)',
	'(?:melden|meldet|melde)(?: sie| ihr)? mich(?: bitte)? ab',
];

const PORTUGUESE_ITALIAN_DUTCH = [
	'(?:pare|parem|para|pode parar)(?: ja)? de (?:me )?(?:mandar|enviar|escrever|incomodar)(?: mais| essas| suas)?(?: mensagens| mensagem| sms)?',
	'nao (?:quero|desejo|queremos)(?: mais)?(?: receber)?(?: mais| as| suas| essas| estas){0,2} (?:mensagens|mensagem|sms)',
	'nao me (?:mande|mandem|envie|enviem|escreva|escrevam|contate|contatem)(?: mais)?(?: nada| mensagens| mensagem| sms)?(?: mais)?',
	'me (?:tire|tira|tirem|remova|remove|removam|exclua|excluam) (?:da|dessa|desta|de sua|da sua) lista',
	'(?:tire|tirem|remova|removam|exclua|apague|apaguem) (?:o )?meu numero(?: da(?: sua)? lista)?',
	'(?:quero )?cancelar(?: as| essas)? (?:mensagens|sms)',
	'(?:quero )?sair da(?: sua)? lista',
	'non (?:voglio|desidero)(?: piu)?(?: ricevere)?(?: piu| i| vostri| altri| questi){0,3} (?:messaggi|sms)',
	'non (?:scrivetemi|scrivermi|mandatemi|mandarmi|inviatemi|inviarmi|contattatemi|contattarmi)(?: piu)?(?: messaggi| sms)?',
	'(?:smettete|smetti|smettetela|smettila|basta) di (?:scrivermi|mandarmi|inviarmi|contattarmi)(?: messaggi| sms)?',
	'basta(?: con)?(?: i| questi)? (?:messaggi|sms)',
	'(?:cancellatemi|cancellami|toglietemi|toglimi|rimuovetemi|rimuovimi) (?:dalla|da questa|dalla vostra|dalla tua) lista',
	'(?:stop|stoppen) met(?: het)? (?:sms en|sms|berichten(?: sturen)?)',
	'stuur(?: mij| me| ons)? geen (?:berichten|sms|smsjes)(?: meer)?',
	'(?:ik wil )?geen (?:berichten|sms|smsjes|reclame) meer(?: ontvangen)?',
	'schrijf (?:mij|me) uit',
];

/** Openings in other languages. */
const OTHER_OPENING = [
	'plus (?:de|aucun|aucuns) (?:sms|textos?|message)',
	'keine(?: weiteren)? (?:sms|nachrichten|werbung|texte) mehr',
	'nicht mehr (?:schreiben|texten|kontaktieren)',
	'keine weiteren (?:sms|nachrichten)(?: mehr)?(?: senden| schicken| schreiben)?',
];

export const ANYWHERE = [...ENGLISH, ...SPANISH, ...FRENCH, ...GERMAN, ...PORTUGUESE_ITALIAN_DUTCH].map(
	phrase,
);
export const OPENING = [...ENGLISH_OPENING, ...OTHER_OPENING].map(phrase);

/** Words of which none changes what a message asks for. */
export const FILLERS = words(
	'please kindly thanks thank thx ty now immediately asap already just ok okay hi hey hello no i said again bro dude omg guys sir enough yo man maam right away again ' +
		'por favor porfavor gracias ya hola svp s il vous te plait merci bonjour bitte danke hallo graag aub alstublieft obrigado obrigada favore grazie se me',
);

/** What people begin a request with. */
export const OPENERS = words(
	'can could would will where choose you i we want wanna to d like need wish would how do does one let me us am m sorry but and so',
);

/** What goes with "stop" and is no request of its own. */
export const SUPPORT = [
	'(?:(?:you|u) (?:have |got |ve got )?the |this is the |the )?wrong (?:number|person|guy|phone)',
	'(?:fuck|f|piss|buzz) off',
	'who (?:is|are) (?:this|you)',
	'(?:i )?(?:never|didn t|didnt|did not) (?:signed|sign) up(?: for (?:this|these|it|any of this))?',
	'(?:i )?(?:never|didn t|didnt|did not) (?:subscribed|subscribe|consented|consent)(?: to (?:this|these|it))?(?: (?:texts|messages))?',
	'thank (?:you|u)',
	'(?:i m |im |i am )?not interested',
	'(?:i m |im |i am )?on the do not call list',
	'(?:i )?(?:never|didn t|didnt|did not) (?:asked|ask) for (?:these texts|these messages|these|this|it)',
	'(?:i ve |ive |i have |i )(?:already )?(?:opted out|unsubscribed)(?: before)?',
	'why (?:do|are|did) you keep (?:texting|messaging|contacting) me',
	'(?:i m |im |i am |this is |this isn t )?not [a-z]{2,12}',
	'this is (?:harassment|spam|a scam|spamming)',
	'(?:this|my) number is on the do not (?:call|contact)(?: list| registry)?',
	'(?:you|u) (?:text|message)(?: me)?(?: way)? too much',
	'(?:way )?too many (?:texts|messages)',
	'(?:i m |im |i am )?done with (?:these|your|the) (?:texts|messages)',
	'no longer interested',
	'numero equivocado',
	'mauvais numero',
	'falsche nummer',
].map((source) => new RegExp(` (?:${source})(?= )`, 'g'));

/** What a whole message may come down to, besides the keywords. */
export const CORES = new Set(
	(
		'stop,stop all,stop this,stop everything,stop means,stop texting,stop sending,stop to end,stop 2 end,stop to quit,' +
		'stop to unsubscribe,stop to opt out,reply stop,text stop,make it stop,how make it stop,how do make it stop,dnc,' +
		'unsubscribe,opt out,optout,remove,' +
		'alto,baja,pare,parar,detener,salir,darme de baja,desuscribirme,desuscribirse,' +
		'arret,arretez,arreter,arrete,desabonner,desinscrire,desinscription,desabonnement,' +
		'abmelden,abbestellen,sair,descadastrar,disiscrivimi,disiscrivetemi,uitschrijven,afmelden'
	).split(','),
);

/** What shows a conversation, in which "don't text me" is about the next minutes only. */
export const CONVERSATION =
	/ (?:i ll call|i will call|let me call|(?:i m|im|i am) (?:coming|on my way|driving|in a|in class|in school|in church|in bed|busy|working|sleeping|asleep|on a call|on the phone)|use the new|use my new|use my other|use [0-9]{3}|my new (?:number|one|phone|cell)|(?:i have|i ve got|i got) a new|changed my number|text my|text me instead|texts? (?:is|are) (?:ok|okay|fine|good)|keep the texts) /;

/** What turns a request into its contrary, a question or a story about others. */
export const DENIED_BEFORE = [
	/ (?:when|how soon|how long until) (?:can|could|will|should|do|does|did) (?:my|the|this|that|it|these|those)(?: [a-z]{1,15}){0,3} $/,
	/ (?:don t|dont|do not|didn t|didnt|did not|doesn t|won t|wont|wouldn t|can t|cant|couldn t|not|never|no need|without)(?: (?:want|wanna|mean|meant|need|have|try|trying|going|ever|please|just|to|you|me|us|actually|really)){0,4} $/,
	/ (?:he|she|they|who|someone|somebody|people|customers|users|her|him|ex|boss|wife|mom|dad|friend) /,
	/ (?:if i|should i|did i|did they|have you|does|why was|why did|why am|why are|when|when i|when will|never got|let s|lets|(?<!can |could |would |will |please )you) $/,
	/ (?:if i|should i|did i|did you|why did|why was|how do people|when i|what if|what happens) /,
];
