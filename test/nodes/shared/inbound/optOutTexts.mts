/*
 * Labelled texts for the recognition of opt-outs, one a line, as people write them: with typos, in any case, in several
 * languages. Written before the rules. Every third line was held out: the rules were written against the other two.
 */

const lines = (text: string) =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean);

/** Texts by which people say that they want no more messages. */
export const OPT_OUT_TEXTS = lines(`
STOP
stop
Stop.
STOP!!!
 stop 
"STOP"
“Stop”
'stop'
StopAll
STOP ALL
Unsubscribe
UNSUBSCRIBE.
cancel
CANCEL!
End
END.
quit
Quit!
OPTOUT
opt out
Opt-Out
OPT OUT.
Revoke
REMOVE
remove.
ALTO
alto
Alto!
ARRET
Arrêt
ARRÊT.
stop 🙏
🛑 STOP 🛑
ＳＴＯＰ
*STOP*
(stop)
Stop 😡😡
STOP STOP STOP
stop stop
Stop please
please stop
PLEASE STOP!!
Pls stop
plz stop
stop plz
Stop pls 🙏
Stop, please.
Stop now
STOP NOW!
Stop immediately
ok stop
Just stop
Just stop already
Stop thanks
Stop, thank you
STOP thx
Hi, stop
Hello please stop
No. Stop.
No stop
I said stop
I SAID STOP!!!
STOP. I said STOP.
Stop already!
please just stop
stpo
sotp
Stopp
stoppp
STOPPPPP
unsubcribe
unsuscribe
Unsubscibe
unsubscribe me
Unsubscribe me please
please unsubscribe me
Pls unsubscribe
unsubscribe pls
Unsubscribe please!
unsubscribe me from this list
Unsubscribe from all
unsubscribe from texts
unsubscribe me from these messages
Please unsuscribe me from these texts
unsub
UNSUB ME
unsub pls
I want to unsubscribe
i'd like to unsubscribe
I would like to unsubscribe from these messages please
Can you unsubscribe me?
can u unsubscribe me plz
Could you please unsubscribe me from your texts? Thanks
Kindly unsubscribe me
how do i unsubscribe
How do I unsubscribe??
How do I unsubscribe from this
How do I opt out?
how do i opt out of these texts
How do I stop these messages?
how can I stop getting these texts
I need to unsubscribe from this number
Let me unsubscribe
I wish to unsubscribe.
opt me out
Opt me out please
please opt me out of texts
I'd like to opt out
i want to opt out
I am opting out
Opting out
I'd like to opt out of text messages
Opt out please
please opt out
OPT OUT OF ALL MESSAGES
stop texting me
STOP TEXTING ME
Stop texting me!!!
stop txting me
stop textin me
Stop texting
please stop texting me
Please stop texting me.
pls stop texting me 😩
plz stop txting me
Plz stop texting
stop texting me please
Stop texting this number
stop texting this number please
please stop texting this number, wrong person
Stop texting my phone
Stop texting my number
stop messaging me
Stop messaging
please stop messaging me
Stop msging me
please stop sending me messages
Please stop sending me text messages
stop sending me texts
Stop sending texts
stop sending these
stop sending me these
Stop sending me these texts
please stop sending me these messages, I never signed up
stop sending me this crap
stop sending me spam
Stop sending me this stuff
Stop sending me stuff
stop sending me promotions
stop sending me ads
Stop sending me your offers
please stop sending these promos
stop sending messages to this number
Stop sending messages to my phone
Stop sending me messages or I will report you
stop the texts
Stop the messages please
stop these texts
Stop these messages
stop all texts
Please stop all messages
Stop all messages to this number
stop all communication
Stop all marketing texts
stop contacting me
Please stop contacting me
please do not contact me again
Do not contact me
DO NOT CONTACT THIS NUMBER AGAIN
don't contact me
dont contact me anymore
Stop bothering me
stop harassing me
Stop spamming me
STOP SPAMMING MY PHONE
quit texting me
Quit texting my phone!
quit messaging me
quit sending me texts
quit spamming me
please quit sending me these messages
cease texting me
Cease and desist
Cease all communication immediately.
CEASE ALL TEXTS
don't text me
Don't text me again
Dont text me
dont text me anymore
don't text me any more
DON'T TEXT ME EVER AGAIN
Do not text me
do not text this number
Do not text this number again.
please don't text me
Please dont text me anymore
please do not text me again
never text me again
Never contact me again
don't message me again
Do not message me
dont message me anymore plz
don't send me any more texts
Do not send me any more messages
please don't send me messages
Please do not send any more text messages to this number
dont send me anything else
don't ever text me
no more texts
No more texts please
no more messages
NO MORE MESSAGES!
No more txts
no more text messages pls
no more spam
I don't want these texts
i dont want these texts anymore
I don't want any more texts
I do not want these messages
I don't want your messages
I dont want to get these texts
I don't want to receive these messages anymore
i do not want to receive any more texts from you
I no longer want to receive texts
I no longer wish to receive these messages
I do not wish to receive text messages
I don't wish to be contacted
don't want to receive texts anymore
no longer interested, please remove me
Not interested, stop texting me
Not interested. Remove me
not interested please take me off your list
NOT INTERESTED STOP
remove me
Remove me please
please remove me
pls remove me
remove me from your list
Remove me from this list
REMOVE ME FROM YOUR LIST!!!
please remove me from your list
plz remove me from ur list
Please remove me from all lists
remove me from the list
remove me from your mailing list
remove me from your text list
remove me from your contact list please
please remove me from your database
Remove my number
remove my number from your list
Please remove my number
please remove this number from your list
Remove this number
Can you remove me from your list?
could you please remove my number from your system
can you take me off this list
take me off your list
Take me off ur list
TAKE ME OFF YOUR LIST
Please take me off your list
pls take me off this list, thanks
take me off the list
Take my number off your list
Take me off
please take me off your mailing list
take me off your text list plz
get me off your list
Get me off this list!
Delete my number
delete my number please
please delete my number from your system
Please delete my phone number
delete me from your list
delete my contact info
lose my number
Lose my number!
Forget my number
leave me alone
Leave me alone!!
LEAVE ME ALONE
please leave me alone
block me
Put me on your do not call list
put me on your do not contact list
Add me to your do not text list please
I revoke my consent
I revoke consent
I hereby revoke my consent to be contacted
I withdraw my consent
I do not consent to these messages
I did not consent to these texts. Stop.
You do not have my consent to text me
You don't have permission to text me
cancel texts
Cancel these texts
cancel text messages
cancel all messages
Cancel my text subscription
end texts
End these messages
turn off these texts
Turn off text notifications please
Wrong number, stop texting
wrong number. stop
STOP wrong number
Stop!! Wrong number
wrong number please remove
Wrong number please stop texting me
You have the wrong number. Please remove me from your list.
this isn't Maria, stop texting me
I'm not John. Please remove my number
Who is this? Stop texting me
who is this stop
Stop. Who is this?
STOP. I never signed up for this
I never signed up for this, stop
I didn't sign up for this, please stop
I asked you to stop texting me
I already asked you to stop texting me!
I told you to stop
I've told you 3 times to stop texting me
I have asked you three times to remove me from your list
For the last time stop texting me
For the third time, remove me from your list.
How many times do I have to tell you to stop texting me?
why do you keep texting me? stop
Why won't you stop texting me
If you don't stop texting me I will report you
If you text me again I'm calling my lawyer. Do not contact me.
I will report you to the FCC if you don't remove me
Stop or I'll report you to the FCC
I moved away, please take me off your list
I don't live in Denver anymore. Please remove me from your list
I sold that house 2 years ago, stop texting me
My husband passed away. Please remove this number.
Thanks for everything but please stop texting me
Loved the shop but pls take me off the list 😊
Hey could you stop texting me? Thanks
Would you please stop messaging me
Hi, I'd like to stop receiving these texts
i want to stop getting texts
I want to stop receiving messages from you
I'd like these texts to stop
Make it stop
I want out
stop it with the texts
Enough with the texts
enough texts already
ENOUGH! STOP TEXTING ME
I am on the do not call list. Stop.
STOP TEXTING ME I DONT KNOW YOU
stop texting me bro
dude stop texting me
omg stop texting me
stop fucking texting me
Fuck off and stop texting me
go away
Please stop texting me, I have asked before and I keep getting these messages every single day. It's annoying.
I got this phone number last month, the person you want had it before me. Please take it off your list.
BAJA
baja
Baja por favor
darme de baja
Quiero darme de baja
quiero darme de baja por favor
dame de baja
Deme de baja
denme de baja por favor
Por favor denme de baja de la lista
dar de baja
PARAR
pare
Pare por favor
para de enviarme mensajes
deja de enviarme mensajes
Deja de mandarme mensajes
dejen de enviarme mensajes
Dejen de mandarme mensajes por favor
Deje de escribirme
dejen de escribirme
por favor dejen de enviar mensajes
deja de escribirme
deja de molestar
no me envien mas mensajes
No me envíen más mensajes
no me manden mas mensajes
no me escriban mas
No me escribas más
no más mensajes
no mas mensajes por favor
No quiero mas mensajes
no quiero más mensajes
No quiero recibir mensajes
no quiero recibir mas mensajes
ya no quiero recibir mensajes
Ya no me manden mensajes
no deseo recibir más mensajes
quítenme de la lista
quitame de la lista
quítame de tu lista por favor
Sáquenme de su lista
sacame de la lista
borren mi numero
Borra mi número
elimine mi numero de su lista
eliminen mi número
cancelar mensajes
cancelar suscripción de mensajes
Desuscribirme
desuscribirse
DETENER
SALIR
Alto por favor
stop por favor
Numero equivocado, no me escriban mas
DESABONNER
se désabonner
Désabonnez-moi
désabonnez moi svp
Je veux me désabonner
je souhaite me desabonner
Je voudrais me désabonner svp
me désabonner
désinscription
Désinscrivez-moi
je veux me désinscrire
arrêtez
Arrêtez svp
Arrêter
arrêtez de m'envoyer des messages
Arretez de m'envoyer des sms
arrêtez de m'écrire
Arrête de m'écrire
arrêtez de me contacter
arrêtez de m'envoyer des textos s'il vous plaît
STOP SMS
stop svp
Stop s'il vous plaît
STOP aux messages
ne m'envoyez plus de messages
Ne m'envoyez plus de SMS
ne m'écrivez plus
ne me contactez plus
merci de ne plus me contacter
Merci de ne plus m'envoyer de messages
merci de me retirer de votre liste
Retirez-moi de votre liste
retirez moi de la liste svp
supprimez mon numéro
Supprimez mon numéro de votre liste
enlevez-moi de votre liste
Je ne veux plus recevoir de messages
je ne veux plus recevoir vos sms
je ne souhaite plus recevoir de messages
plus aucun message svp
Mauvais numéro, ne m'écrivez plus
ABMELDEN
abmelden bitte
Bitte abmelden
Bitte melden Sie mich ab
Stopp
STOPP bitte
Bitte keine SMS mehr
keine SMS mehr
Bitte keine Nachrichten mehr
Keine Nachrichten mehr bitte!
Ich möchte keine Nachrichten mehr
ich will keine SMS mehr
Ich möchte keine weiteren Nachrichten erhalten
hören Sie auf mir zu schreiben
Schreiben Sie mir nicht mehr
schreib mir nicht mehr
Bitte löschen Sie meine Nummer
Löschen Sie meine Nummer
nehmen Sie mich von der Liste
Bitte nehmen Sie mich aus dem Verteiler
Bitte streichen Sie mich von Ihrer Liste
SAIR
sair da lista
Parar
Pare de me mandar mensagens
pare de enviar mensagens
Parem de me enviar mensagens
não quero mais receber mensagens
nao quero receber mensagens
Não me mande mais mensagens
Me tire da lista
me remova da lista por favor
remova meu número
Quero cancelar as mensagens
descadastrar
non voglio più ricevere messaggi
Non scrivetemi più
Smettete di scrivermi
smettetela di mandarmi messaggi
basta messaggi
Cancellatemi dalla lista
toglietemi dalla lista
disiscrivimi
Uitschrijven
afmelden
Graag afmelden
stop met sms'en
Stuur me geen berichten meer
geen berichten meer aub
`);

/** Texts by which people say something else, though the words are often the same. */
export const ORDINARY_TEXTS = lines(`
I'll stop by at 5
i'll stop by tomorrow
Can I stop by today?
Could you stop by my house around noon
We can stop by on Friday
Stop by anytime
stop by
stop in and see us
don't stop now
Don't stop!
dont stop
Don't stop texting me, I love these deals
please don't stop sending these
Don't stop sending me offers lol
never stop
nonstop
Is the flight non-stop?
bus stop
Meet me at the bus stop
the last stop
What's the next stop?
Which stop do I get off at
My stop is Main St
one stop shop
It won't stop raining
The leak won't stop
the alarm won't stop
The water doesn't stop running
how do I stop the alarm?
How do I stop the leak
How do I stop the washing machine mid cycle?
can't stop laughing
Can't stop thinking about the new shoes 😂
I can't stop eating these cookies
stop it 😂
stop it you're too funny
Stop being so nice
Stop! You're making me blush
stop lying
Stop, you're killing me 😂
stop worrying
Stop playing lol
stop sending me the wrong color
Stop sending me the wrong size, I need a medium
please stop sending the invoice to my old address
stop sending my packages to the neighbor
Stop the order please
Please stop the shipment
Can you stop the delivery for tomorrow
stop payment on check 1042
Please stop payment on my check
Stop the service on June 1
stop my mail while I'm on vacation
when does the sale stop?
when do the deliveries stop
what time do you stop serving breakfast
What time do buses stop running
Do you stop at 9 or 10?
He told me to stop taking the pills
Should I stop taking the antibiotics?
my doctor said to stop
I had to stop for gas
Running late, had to stop for gas
Full stop after the name please
Let's stop there for today
let's stop for lunch
we'll stop when it gets dark
I will stop doing that
tell the driver to stop at gate 3
Please stop at the front desk
Pls stop at reception first
The truck will stop at your house first
did it stop?
Did the package stop in Memphis?
Why did the machine stop?
it stopped
stopped raining here
Stopping by at 4
I stopped by but you were closed
No need to stop on my account
Stop what?
stop saying sorry
stop & shop
Stop and Shop on 5th
Do you carry door stops
I need a door stop
stop loss at 40
set a stop loss at 42.50
pit stop
quick stop at the store, then home
Will you stop by if I text you?
What happens if I reply STOP?
what happens if i text stop
If I text STOP do I lose my points?
If I unsubscribe, do I keep my discount?
Does unsubscribe cancel my membership?
I don't want to unsubscribe
I do not want to opt out
please don't unsubscribe me
Don't remove me from the list!
Please do not remove me from your list, I still want the coupons
don't take me off the list
I didn't mean to unsubscribe
I didn't mean to text stop
I accidentally unsubscribed
i unsubscribed by mistake, sign me up again
Why was I unsubscribed?
why did you unsubscribe me
You unsubscribed me by accident
Did you remove me from the list?
Am I still on the list?
Put me on the list
add me to your list please
Am I on the waitlist
take me off the waitlist
remove me from the waitlist please
take me off the guest list for Friday
Please remove me from the 5pm class
can you remove me from Saturday's class
remove me from the schedule on Monday
Remove me as the second driver
Remove my wife from the account
remove my old card
Please remove my old address
can you remove item 2
Can you remove item 2 from my order?
Remove the onions please
please remove the pickles
remove the blue one
How do I remove the cover?
how do i remove a stain
Remove one seat
remove the extra charge
Can you remove the late fee?
please remove the second room
Does it remove rust?
cancel my order
Cancel my order please
please cancel
Please cancel my appointment
cancel my appointment for tomorrow
cancel the 3pm
Can I cancel my booking?
I need to cancel my appointment
i have to cancel today
Cancel order 5512
cancel it
can you cancel that?
Need to cancel dinner reservation for 4
How do I cancel?
What is your cancellation policy?
cancel my subscription box
I'd like to cancel my gym membership
cancel the delivery
Don't cancel my order
please don't cancel
do not cancel
Did you cancel it?
was my flight canceled?
cancelled
We had to cancel, sorry
Can you cancel and refund me?
Cancel my last payment
end of the street
the end of the street
It's at the end of the hall
End of story
the end
In the end we took the blue one
When does it end?
What time does it end
when will the sale end
by the end of the week
End of day works
end of month please
Weekend works
weekend?
The promo ends Sunday
dead end
Send
send it
please send me the invoice
Quit smoking program info please
I quit my job
I want to quit smoking
quit it lol
quit playing
never quit
I quit sugar
How do I quit the app?
Revoke his access please
Please revoke the key for door 4
opt out of the insurance please
I'd like to opt out of the extended warranty
Can I opt out of paper statements?
I opt for the second one
opt in
I never opted out
did I opt out?
unsubscribe from the email newsletter only, keep the texts
text me
Text me when you're here
Text me at 5
don't text me while I'm driving
don't text me before 9
Please don't text me after 10pm
Dont text me the code, email it
Do not text the old number for my order updates
please text my wife instead of me for deliveries
don't call me, text me
please don't call, text is better
Stop calling me, just text
stop calling, text me instead
Can you stop texting me so late?
please stop texting me at night
Stop texting me before 8am please
stop texting me in the middle of the night
My ex won't stop texting me lol
he won't stop texting me
She told him to stop texting me
my boss doesn't stop messaging me
They said to stop texting while driving
Texting while driving must stop
no texting while driving
Did you text me?
who texted me
I didn't get your text
I'm not getting your messages
I'm not receiving the texts anymore, what happened?
I don't receive your messages anymore
why am I not getting texts anymore
Why did the texts stop?
the messages stopped coming
I want to receive texts again
I'd like to get your messages
I want more messages like this
send me more texts
No more texts came after the first one
any more messages for me?
I have no more questions
no more for me, thanks
no more milk please
No more than 3 please
no problem
no thanks
No thank you
No
not interested
not now
wrong number
Wrong number sorry
Sorry wrong number
who is this?
Who is this
new phone who dis
leave it at the door
Leave the package with me alone, not with the neighbor
leave me a message
leave me a voicemail
Leave me two of them
don't leave me hanging
He left me alone at the counter for 10 minutes
delete my order
Please delete item 3
delete the old address
Delete my last comment
delete my number 2 choice
I lost my number, this is my new one
lose 10 pounds
forget it
Forget my last message
forgot my password
block the calendar for Tuesday
what block are you on
block 5
Can you block this charge?
I blocked my card
Please block my card
put me on the calendar
Put me down for two
put me on hold
I consent
I consent to receive messages
I give my consent
Where do I send the consent form?
revoke my reservation for Friday
turn off the lights
turn off my water please
How do I turn off the alarm?
turn off Main St then left
take me off at the next corner
Take my name off the order
take it off
Take 20% off?
take me to the airport
Can you take me at 3?
get me off at 5th and Main
Get me two
get me a quote
enough for 4 people
that's enough
Enough!
is that enough?
go away for the weekend
we go away on Monday
I want out of the lease
I want outdoor seating
I want the other one
make it two
make it stop leaking please
YES
yes please
Yes, stop by
Yes stop by at noon
Sure
ok
Ok thanks
OK see you then
START
start
When do we start
HELP
help me find my order
info
Info about the room please
1
2
C
confirm
Confirmed
reschedule
Reschedule please
can we move it to 4
what time?
Where are you
On my way
Running 10 min late
Here
I'm here
thanks!
Thank you so much 🙏
👍
😂😂
❤️
Do you have size 42?
How much is it
Is it ready?
What are your hours?
are you open on Sunday
My order number is 44812
I'd like to order two pizzas
Is there parking?
Table for 4 at 7
Can you call me
please call me back
The driver never came
The delivery is late again
This is annoying
I'm very upset with the service
You are the worst
this is spam
spam?
Can I get spam musubi
I reported the issue
Is this a scam?
I never signed up for the class
I didn't order this
I do not want this color
I don't want the blue one
I don't want to go
don't want onions
I dont want it anymore
I no longer need the appointment
I no longer live there, new address is 12 Oak St
I do not wish to pay that much
not anymore
do not disturb sign please
Do not contact my landlord
Don't contact my employer
do not send it yet
Don't send the package before Monday
please don't send me the bill by mail
dont send anything by UPS
stop sending the driver to the back door
never mind
Never mind, found it
the message said unsubscribe, is that normal?
My list is attached
Is my number on file?
my number is 555 0142
my number changed
Please update my number
remove my number from the reservation, use my wife's
How do I get off the highway
How do I get to your place
Please confirm the list for the trip
my dad wants to opt in
how do people unsubscribe from our newsletter?
How many customers unsubscribe per month?
Add an unsubscribe link to the email
Did you see the unsubscribe page
Tell me when to stop
Say stop when it's enough
I'll say stop when it's enough
The stop button is broken
press stop and hold
press stop twice
stop and start again
start stop start
Stop light on Elm is out
stop sign at the corner
stop 14
Stop 3 is skipped
Non stop flight to Boston
cannot stop, sorry
If the rain doesn't stop we'll reschedule
If it doesn't stop bleeding call us?
please stop the bleeding of points lol
He said stop
she texted stop
Alto de la cuesta 14
el más alto
Es muy alto el precio
Alta
para mañana
para dos personas
¿Para cuándo?
Para mi está bien
Pare en la esquina por favor
no quiero cebolla
No quiero más, gracias
no mas gracias
ya no quiero la cita
cancelar mi cita
Quiero cancelar mi pedido
cancela la reserva
baja california
Baja el precio por favor
más baja la mesa
¿Puede enviarme más mensajes como este?
quiero recibir mensajes
no me ha llegado el mensaje
No recibo sus mensajes
dejen el paquete en la puerta
deja el paquete con el vecino
salir a las 5
voy a salir
la parada del bus
sí
gracias
l'arrêt de bus
Je suis à l'arrêt de bus
l'arret est fermé
je m'arrête chez vous à 5h
il n'arrête pas de pleuvoir
annuler ma commande
Je voudrais annuler mon rendez-vous
plus de fromage svp
je ne veux plus de salade
Je ne reçois plus vos messages
j'ai reçu votre message
N'arrêtez pas de m'envoyer vos offres
merci
oui
bonjour
Wann hört es auf zu regnen
Bitte stoppen Sie die Lieferung
Ich möchte meine Bestellung stornieren
keine Zwiebeln bitte
Keine Zeit mehr heute
Ich bekomme keine Nachrichten mehr
ich melde mich später
Schreiben Sie mir bitte
danke
ja
não quero cebola
quero sair às 5
vou sair agora
Pare na esquina
Não recebi a mensagem
obrigado
Non voglio cipolle
basta così, grazie
grazie
geen uien graag
stop bij de volgende halte
dank je
`);

/** Written after the rules, to see what they miss; the rules were then extended. */
export const LATER_OPT_OUT_TEXTS = lines(`
Im done with these texts, take me off
Quit blowing up my phone
stop blowing up my phone
PLEASE REMOVE ME FROM ALL FUTURE TEXTS
Can I be removed from this list?
I'd like to be removed from your list
Please have me removed from your texting list
I want to be taken off your list
i don't want to be on this list
I do not want to be on your list anymore
Stop this
Stop bugging me
enough already, stop
I need you to stop texting me
I'm asking you to stop contacting me
Kindly desist from texting this number
Text me again and I will sue
Do not ever text this number again!!!
We don't want your texts
My mother died. Stop sending her messages.
You keep texting the wrong person, remove this number
pls dnt txt me
dont txt me no more
stop txtn me
I unsubscribe
UNSUBSCRIBE ME NOW!!!!
i would like to be unsubscribed
please unsubscribe this number
I am no longer interested in receiving your texts
I'm not interested in receiving messages
Opt-out please, thank you
Please cancel these notifications
no longer wish to recieve texts
stop all future messages
Delete me from ur contacts
Not interested, lose my number
I never gave you permission to text me
take this number off your list
Please discontinue these messages
Discontinue texting me
cancel alerts
STOP.. u got the wrong guy
Stop, not interested
stop i'm not interested
Yo stop texting me
f off stop
hey. not john. stop.
ya no me escriban por favor
no quiero sus mensajes
por favor no me manden mensajes
Quiero cancelar los mensajes
arretez les messages
Veuillez me désabonner
Veuillez me retirer de la liste
Bitte keine weiteren Nachrichten senden
Bitte entfernen Sie meine Nummer
não quero mais mensagens
per favore non scrivetemi più
Stop it with these messages
Please discontinue texting this number
I asked to be taken off this list last week
Are you deaf? Stop texting me.
pleeease stop texting me
Stp texting me
Stop texing me plz
Please take this phone number out of your database
I'd appreciate it if you stopped texting me
I would appreciate it if you would stop sending me messages
You need to stop texting me
you guys need to stop texting me
yall need to stop texting me
I didn't ask for these messages, please stop
We are not interested, please remove us from your list
Please no more texts
no texts please
Please don't message this number
Don't bother texting me again
I've opted out before. Stop.
How do I get off this list?
How can I get off your list
how to unsubscribe
how do i make it stop
unsubscribe!!!!! 😡
Omg unsubscribe
I'm unsubscribing
Quit it with the texts
Stop with the texts already
Stop sending me political texts
stop sending me political crap
STOP CONTACTING ME OR I WILL CONTACT MY ATTORNEY
This is harassment. Stop texting me.
This is the 5th time I've said STOP
Don't ever contact me again!
Please stop messaging, this is not Sarah
Sorry please take me off of your texting list
no me interesa, quítenme de la lista
Por favor deje de mandar mensajes a este numero
Ya no quiero recibir sus mensajes gracias
por favor no me envíe más mensajes
ne m'envoyez plus rien
Merci de me désinscrire
Please take us off your call and text list
I said no more texts
Whoever this is, stop messaging this phone
stop w the texts
Stop texting please im at work
Can u plz stop with these msgs
can you guys please quit texting me
I have no interest, please remove my number
No interest. Take me off your list please
I am not interested please do not contact me anymore
Not interested, don't text again
not interested pls stop
Dont send me messages anymore
please do not send messages to this number
Quit sending me this junk
I would like to stop getting these
I dont want ur texts
do not send any more of these
Please stop these annoying texts
Stop sending this shit to my phone
Stop sending me coupons
stop sending coupons
unsubscribe from your texts please
UNSUBSCRIBE from all text messages
Unsubcribe plz
unsubscribe thx
how do I get removed from this list
How do you unsubscribe from this
Where do I unsubscribe
Please opt me out from all future messages
I opt out
opt out now
OPTING OUT!
I choose to opt out
I want off this list
want off the list
get my number off this list
Please erase my number
You are not allowed to text me
you have no permission to text me
Do not use this number
Never text this number again please
We sold the house, please stop contacting us
I already bought a car, please stop texting
I found a job already so please stop sending me messages
he doesn't have this phone anymore, stop texting
She died last year please take her off your list
This number belongs to a minor. Remove it from your list immediately
You've got the wrong person, take me off your list
Ya no me envíen mensajes
No quiero recibir más textos
favor de no enviar mas mensajes
No me mandes mensajes por favor
Quiero que me quiten de la lista
Je ne veux plus de sms
Arrêtez vos sms
Supprimez-moi de votre liste svp
Bitte nicht mehr schreiben
Keine Werbung mehr!
Ich möchte mich abmelden
Nehmen Sie meine Nummer aus der Liste
parem de mandar mensagem
não me envie mais nada
`);

/** Ordinary texts written after the rules. */
export const LATER_ORDINARY_TEXTS = lines(`
stop texting and driving kids
Stop messaging on weekends please
can you guys stop sending the kids home so late
Please stop sending receipts twice
quit sending the wrong invoice
I want to stop my membership next month
I'd like to stop the autopay
cancel the alerts system install on Monday
cancel alert on my card
cancel my text appointment
no more messages in my voicemail box
It says no more texts available on my plan
My phone will not send messages
I can't send messages to this number
I don't have any texts from you
i did not get any messages
don't message me the address, i have it
Do not text my husband
dont text me back until tomorrow
don't text me, I'm coming over now
Please contact me
never contact me before noon
never got your text
I never get your messages
I never received a text
Do you want me to stop?
You can stop now
please stop the car here
ok I'll stop there
Leave me alone at the pool please lol
please leave us alone time for dinner
take me off hold
take me off speaker
Take me off the schedule
remove me from tomorrow's list
take me off the list for Friday's class
please take me off the list for the trip
remove me and add Sarah
remove it from the list please
remove it from my order
take it off my bill
delete it from the system please
get me a list of prices
get it off the truck
delete this number and use 555-0199
Forget my number, use the new one
remove my number from the account and add my son's
unsubscribe my email only
unsubscribe me from emails
How many people unsubscribed
I opt out of gluten lol
opt out of the side dish
I'd like to opt out of the trip
enough messages for today, going to bed
End texts with your name please
end message with a signature
Do these texts stop after the event?
when these texts stop I'd be sad
stop sign
My husband said stop texting me work stuff
Go away party is on Saturday
i want out the back door
block me a room for two nights
cancel all
cancel everything
end it
remove shipping insurance
don't want anything else
I don't want marketing, I want design services
I don't need stuff like that, the small one is fine
we don't like spam in our ramen
I don't like offers without free shipping
not a spam message right?
I want a text alert
stop alerts for the north gate only
turn off alerts for the north gate
turn off marketing lights
stop the spam filter from blocking you
Stop the ads on channel 4
get stuff
I do not consent to the procedure
I revoke my consent for surgery
withdraw permission for Tim
stop with this one
I don't want to stop texting you
lets stop texting and call
stop texting, I'll call you
Please stop messaging here, email me at joe@x.com
Stop the presses lol
Where does the shuttle stop
Is there a stop near you?
stop over in Denver
Please have the tech stop texting my tenant and call her
Can you text me the address
Text me again when it's ready
text me again and I will send the pic
message me again tomorrow
contact me again next month
I want to be on your list
How do I get on your list
How do I get on the list for Friday
My name isn't on the list
I'm off the list now?
remove the item from the list
Can you remove the sofa from my list
Please take the lamp off my list
delete that from the calendar
Don't delete my number
don't lose my number
I'd appreciate it if you stopped by
You need to stop the truck on the left side
you guys need to stop at the office first
The messages keep failing to load
I get an error when I send messages
no texts today? everything ok?
I'm unsubscribed, how do I rejoin?
How do I resubscribe
I quit smoking thanks to you
we quit at 5
don't bother coming
don't bother, I'll pick it up
Please don't bother my tenants
stop bothering with the small boxes
This is the 5th time my order is late
We are not interested in the upgrade
I'm not interested in the warranty, just the car
I do not want texts from the school, just yours
I don't want messages in Spanish, English please
I don't want to be on hold anymore
I never got permission to enter
i didn't give you permission to enter my apartment
we never gave consent for the photos
My son is texting me, one sec
stop texting and come downstairs
he keeps messaging me
they texted the wrong number
The last message was cut off, can you resend
please resend the messages
Do these messages cost anything
alerts are on now, thanks
Did you cancel the alerts?
cancel the notification to the fire dept, false alarm
can I stop in after work
let me know when I can stop
please remove snow from the driveway
quit claim deed is signed
I want out at the next stop
Stop, drop and roll haha
leave us alone with the keys, we will lock up
No mas tacos hoy
no quiero mensajes de voz, mejor escribame
deje de llover ya jaja
Je veux recevoir vos messages
retirez mon colis svp
Ich möchte eine Nachricht erhalten
Stop at the store on the way?
The stop on Elm is closed
we stopped getting the paper
I stopped receiving order updates, can you check?
Did someone stop the delivery?
Not interested in the blue, do you have red?
No interest for 12 months right?
no interest if paid in full?
not interested in size 8, do you have 9
Please send me the coupons
I'd like more coupons
Do you have coupons
I want on the list
I'd like to be on your list
Put us on the list for two
My wife wants off work early
I want off on Monday
I want that off my account
get the charge off my bill
Get my car off the lot by 5?
get that stain off
Please erase the whiteboard before I come
You are not allowed to park there
I have no permission to enter
Do not use this card
Do not use my old email
don't use the side door
Never text and drive lol
do not send any more of the samples
Do not send any more invoices until March
don't send me the green ones
dont send another driver
please do not send a replacement
I need this to stop leaking
I need this by Friday
this needs to stop by 5pm
When do I need to opt in
I choose option 2
I opt for pickup
How do I get removed from the insurance policy
Where do I cancel
Where do I return this
Can you take her off the reservation
take him off the roster please
remove her from the class
Remove it from my cart
remove this from the cart
delete it
I already bought a car, thanks
I found a job already, thank you for your help
This number belongs to my wife
wrong person lol sorry
You've got the wrong person for the quote, I need bathroom not kitchen
Whoever this is, call me
stop with the jokes haha
enough with the jokes lol
Stop with your nonsense haha see you at 8
hey stop teasing
ok stop joking
Can't you guys stop for gas
I want the texts in Spanish
change the language of the texts
I get your texts twice
Why do I get two texts each time
how often do you send texts
What number do texts come from
Do texts cost money
your last text was blank
Do not reply after 5
no reply needed
no need to text back
don't need a text, an email is fine
Don't worry about texting me
I'll text you
we text at 9
I don't get texts at home, call the landline
please call instead of texting
it's easier if you email me
can you text less often
fewer texts please lol
Only text me on weekdays
no texting before 8am
No me quiten de la lista
no quiero recibir la factura por correo
ya no quiero el pedido
quiero cancelar la cena
favor de no tocar el timbre
no me manden el azul
plus de place disponible?
je ne veux plus de place
Arrêtez la livraison svp
Bitte nicht klingeln
Keine Milch mehr
Ich möchte mich anmelden
não me envie o azul
parem o carro na porta
`);

/** Whether the rules were written without a look at the text with this index. */
export const isHeldOut = (_text: string, index: number): boolean => index % 3 === 2;
