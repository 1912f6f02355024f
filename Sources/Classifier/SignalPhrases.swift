/// Words that must be noticed whatever else a message says: recall first. Policy decides what follows from them.
enum SignalPhrases {
  static let all: [(signal: String, phrases: String)] = [
    (
      "account_takeover",
      """
      hacked|been hacked|got hacked|account was hacked|account has been hacked|someone logged in|someone logged into|someone else logged|someone is using my account|someone used my account|someone accessed|someone changed my|someone has changed my|somebody changed my|logged in from|login from .. not me|i didnt change .. email|i didnt change .. password|didnt change my password|never changed my password|password was changed|password .. changed .. not by me|email .. changed without|changed .. without my|orders i didnt make|orders i didnt place|order i didnt place|order i never placed|orders i never placed|didnt place this order|did not place this order|didnt order this|i did not order this|never ordered this|wasnt me|was not me|unauthorised access|unauthorized access|account .. compromised|taken over my account|stole my account|suspicious login|suspicious activity
      han hackeado|me hackearon|hackeado|alguien ha entrado en mi cuenta|alguien ha cambiado|alguien entro en mi cuenta|pedidos que no he hecho|pedido que no he hecho|yo no he hecho este pedido|acceso no autorizado
      gehackt|mein konto wurde ubernommen|mein konto wurde geknackt|jemand hat mein konto|jemand hat sich .. eingeloggt|jemand .. passwort geandert|nicht von mir|bestellungen die ich nicht|ich habe das nicht bestellt|habe ich nie bestellt|fremder zugriff
      ete pirate|compte pirate|fait pirater|quelquun sest connecte|quelquun a change|quelquun a utilise mon compte|commandes que je nai pas|commande que je nai pas|je nai jamais passe|acces non autorise
      """
    ),
    (
      "fraud",
      """
      fraud|fraudulent|scam|scammed|scammer*|scamming|phishing|stolen card|card was stolen|card .. stolen|identity theft|unknown charge|unknown charges|unrecognised charge|unrecognized charge|dont recognise this|dont recognise the|dont recognize this|dont recognize the|dont recognise .. charge|dont recognize .. charge|charge .. i dont recogni*|never authorised|never authorized|didnt authorise|didnt authorize|without my permission|unauthorised charge*|unauthorized charge*|unauthorised payment*|unauthorized payment*|unauthorised transaction*|unauthorized transaction*|unauthorized purchase*
      fraude|estafa|estafado|estafada|cargo que no reconozco|no reconozco este cargo|no reconozco el cargo|cargo no autorizado|sin mi permiso|tarjeta robada
      ist betrug|ein betrug|reiner betrug|betrugs*|betruger|betrogen|unbekannte abbuchung|nicht autorisiert|gestohlene karte|ohne meine zustimmung
      ne reconnais pas|que je ne reconnais|nai jamais commande|arnaque|arnaquer|fraude|prelevement inconnu|sans mon autorisation|non autorise|carte volee|escroquerie
      """
    ),
    (
      "self_harm",
      """
      dont think ill be around|wont be around|not be around anymore|no one would notice|nobody would notice|wouldnt notice if i|something to look forward to|kill myself|end my life|end it all|suicide|suicidal|dont want to live|want to die|hurt myself|harm myself|no reason to live|cant go on anymore|not worth living|better off dead|dont want to be here anymore|take my own life
      quitarme la vida|suicidarme|suicidio|no quiero vivir|quiero morir|hacerme dano
      keiner merken|niemand merken|keiner wurde|kann einfach nicht mehr|umbringen|selbstmord|suizid|nicht mehr leben|will sterben|mir etwas antun
      me suicider|suicide|mettre fin a mes jours|envie de mourir|plus envie de vivre|me faire du mal
      """
    ),
    (
      "distress",
      """
      freaking out|im desperate|i am desperate|so desperate|desperate|in tears|crying|cried|panicking|panic|im shaking|at my wits end|breaking down|breakdown|cant cope|cannot cope|cant sleep|cant take it|cant take this|overwhelmed|heartbroken|devastated|distraught|i beg you|im begging|begging you|so scared|im scared|terrified|cant afford food|rent money|cant pay my rent|feed my kids|my last money|struggling to pay
      desesperad*|estoy llorando|no puedo mas|os lo suplico|les suplico|angustiad*|destrozad*|ataque de ansiedad
      verzweifelt|weine|ich kann nicht mehr|weiss nicht mehr weiter|am boden zerstort|flehe sie an|panik
      desespere|desesperee|je pleure|en larmes|je nen peux plus|ne sais plus quoi faire|je vous en supplie|bouleverse*|panique
      """
    ),
    (
      "legal_threat",
      """
      lawyer|lawyers|attorney|solicitor|legal action|take legal|legal advice|sue you|suing|i will sue|ill sue|going to sue|in court|to court|court action|court case|court order|small claims|trading standards|ombudsman|consumer protection|consumer rights act|better business bureau|bbb|chargeback|charge back|dispute .. charge|dispute .. with my bank|dispute .. payment|dispute it with|report you|reporting you|cease and desist|class action|data protection authority|police report|going to the police|call the police
      abogado|abogada|demanda|demandar|denuncia|denunciar|acciones legales|oficina de consumo|oficina del consumidor|defensa del consumidor|juzgado|tribunales|devolucion del cargo|retroceder el cargo
      anwalt|rechtsanwalt|anwaltin|klage|verklagen|anzeige erstatten|anzeige bei|strafanzeige|rechtliche schritte|vor gericht|zum gericht|gerichtlich*|amtsgericht|verbraucherzentrale|verbraucherschutz|ruckbuchung|zuruckbuchen|fristsetzung
      avocat|poursuites|porter plainte|plainte a la police|tribunal|action en justice|mise en demeure|dgccrf|association de consommateurs|retrofacturation|opposition bancaire
      """
    ),
    (
      "safety",
      """
      scald|scalded|scalding|back from a e|went to a e|in a e|at a e|in her mouth|in his mouth|burned my|burnt my|burned me|burnt me|got burned|burns on|caught fire|on fire|fire hazard|smoke coming|smoking and|sparks|sparking|exploded|explode*|electric shock|electrocuted|got a shock|injured|injury|injuries|hurt my|hurt himself|hurt herself|cut my hand|cut myself|cut his|cut her|bleeding|emergency room|a and e|allergic|allergy|allergic reaction|anaphyla*|rash|choking|choked|choke on|swallowed|poison*|toxic|unsafe|dangerous|overheat*|collapsed while|broke while i was|fell off and hit|glass in my|glass in his|glass in her|glass in the food|pieces of glass|shards
      me he quemado|se ha quemado|quemadura*|se incendio|echa humo|chispas|explot*|descarga electrica|herid*|alergia|alergic*|reaccion alergica|peligros*|atragant*|intoxic*
      lebensgefahr*|im mund|in den mund|verbruht|verbrannt|verbrennung*|feuer gefangen|raucht|qualmt|funken|explodiert|stromschlag|verletz*|allergisch*|allergie|ausschlag|gefahrlich|erstick*|verschluckt|vergift*
      brule|brulure*|pris feu|de la fumee|fume et|etincelles|explose|decharge electrique|blesse*|allergi*|dangereu*|etouffe*|avale|intoxi*
      """
    ),
    (
      "abuse",
      """
      wants a slap|deserve a slap|fuck you|fuck off|fuck your|fucking idiot*|you idiot*|idiots|you morons|moron*|you stupid|stupid people|bastards|assholes|asshole|piece of shit|bunch of crooks|crooks|thieves|go to hell|screw you|you scum|scum|bitch|bitches|cunts|cunt|dickheads|wankers|useless people|i will find you|ill find you|watch your back|you will regret|youll regret
      hijos de puta|hijo de puta|gilipollas|idiotas|imbeciles|ladrones|sinverguenzas|cabrones|vayanse a la mierda|iros a la mierda
      damlich|vollidiot*|dumm|arschloch*|idioten|ihr idioten|verbrecher|schweine|fickt euch|leckt mich|drecksladen|abzocker
      connards|connard|enculés|salauds|imbeciles|abrutis|voleurs|allez vous faire|bande de voleurs|escrocs
      """
    ),
    (
      "sensitive_topic",
      """
      passed away|he died|she died|who died|husband died|wife died|mother died|father died|mum died|mom died|dad died|son died|daughter died|brother died|sister died|partner died|friend died|death of|his death|her death|funeral|deceased|late husband|late wife|late mother|late father|bereave*|widow|widower|miscarriage|pregnant|pregnancy|cancer|chemo*|diagnos*|hiv|an std|stds|sexual health|erectile|incontinence|depress*|mental health|anxiety disorder|disability|disabled|debt|debts|debt collect*|debt collector*|bailiff*|collection agency|bankrupt*|divorce|domestic violence|abusive partner
      ha fallecido|fallecio|falleci*|fallecimiento|funeral|murio|viuda|viudo|embaraz*|cancer|depresion|discapacidad|deudas|cobro de deudas|divorcio
      verstorben|gestorben|todesfall|beerdigung|trauerfall|witwe|witwer|schwanger*|krebs|depression*|behinderung|schulden|inkasso|gerichtsvollzieher|insolvenz|scheidung
      decede|decedee|deces|est mort|est morte|mort de|obseques|enterrement|veuve|veuf|enceinte|cancer|depression|handicap*|dettes|recouvrement|huissier|divorce
      """
    ),
    (
      "minor",
      """
      i am 12 and|i am 13 and|i am 14 and|i am 15 and|i am 16 and|im 12 and|im 13 and|im 14 and|im 15 and|im 16 and|only 12|only 13|only 14|only 15|12 years old|13 years old|14 years old|15 years old|16 years old|my moms card|my mums card|my dads card|my mothers card|my fathers card|my parents card|my parents dont know|without my parents|mom doesnt know|mum doesnt know|dad doesnt know|my son ordered|my daughter ordered|my kid ordered|my child ordered
      tengo 13 anos|tengo 14 anos|tengo 15 anos|tarjeta de mi madre|tarjeta de mi padre|mis padres no saben
      ich bin 13|ich bin 14|ich bin 15|karte meiner mutter|karte meines vaters|meine eltern wissen
      jai 13 ans|jai 14 ans|jai 15 ans|carte de ma mere|carte de mon pere|mes parents ne savent
      """
    ),
    (
      "not_received",
      """
      never arrived|never came|never received|never got|not received|didnt receive|did not receive|havent received|have not received|says delivered|says it was delivered|marked as delivered|marked delivered|shows as delivered|shows delivered|status delivered but|handed me anything|isnt here|is not here|not here|not in the|nowhere|nothing came|i have nothing|left nothing|dont have it|do not have it|havent got it|have not got it|didnt get it|did not get it
      no ha llegado|no lo he recibido|no he recibido|pone entregado|figura como entregado|no esta|nicht angekommen|nicht erhalten|nichts da|angeblich zugestellt|als zugestellt|pas recu|jamais recu|nai rien recu|indique livre|marque livre|marque comme livre
      """
    ),
    (
      "press",
      """
      journalist|reporter|newspaper|press office|press enquiry|press inquiry|i write for the|writing an article|writing a story|comment for a story|going to the press|go to the press|the media|tv show|go viral|going viral|my followers|watchdog
      periodista|periodico|la prensa|los medios|journalistin|von der presse|die presse|zur presse|an die presse|zeitung|fernsehen|journaliste|un journal|du journal|au journal|les journaux|la presse|medias
      """
    ),
    (
      "repeat_contact",
      """
      times already|time i write|time im writing|time i am writing|time i contact|time i call|time i email|time ive contacted|time ive written|already contacted|already emailed|already wrote|already written|already called|already told|already asked|already sent you|already explained|contacted you before|wrote to you|written to you|emailed you|i have emailed|ive emailed|ive called|ive written|have contacted you|ive contacted|as i said|like i said|as i told|like i told|as i wrote|as mentioned before|as previously|asking again|writing again|contacting you again|still no reply|still no answer|still no response|still waiting for a reply|still waiting for an answer|still waiting for a response|still havent heard|havent heard back|not heard back|no one answers|nobody answers|nobody replies|no one replies|no one has replied|nobody has replied|no reply|no response|no answer from|never got a reply|never heard back|never replied|keep getting the same|same answer|same reply|any update on this|any news on this|following up|follow up on|chasing|previous email|last email|my last message|my previous|ago i wrote|ago i emailed|ago i called|ago i contacted|previous ticket|earlier ticket|for the second time|for the third time|for the fourth time|for the fifth time|third time asking|third time im|second time im|third time ive|second time ive|third time i am|third time of asking|phoned twice|phoned three|phoned you twice|mailed three|mailed twice|mailed you twice|emailed twice|emailed three|emailed four|called twice|called three|called four|rang twice|rung twice|rang you|written twice|written three|wrote twice|asked twice|asked you twice|asked before|ive asked you|have now asked|asked three times|asked you three|my reference to|with reference to my|reference to my letter|reference to my letters|reference to my email|my letter of|my letters of|my mail of|my email of|my mail from|my email from|my message from|my message of|my earlier message|my earlier email|my earlier mail|my first email|my first message|my first mail|my two previous|writing yet again|yet again about|your last reply|your last email|your last answer|your last message|your previous reply|got the same answer|how many times do i|how many more times|how many emails|how many more emails|four different agents|three different agents|different agents|every agent|each agent|in touch before|contacted support|messaged you|messaged twice|messaged three|raised this before|reopen this|reopening this|still no call|no call back|nobody called back|no one called back|nobody has called|no one has called|never called back|never called me back|promised a call|promised to call|promised me a call|was promised a call|get back to me but|got back to me
      ya os escribi|ya les escribi|ya he escrito|ya os he escrito|ya llame|ya he llamado|ya contacte|sigo sin respuesta|sin respuesta|nadie responde|nadie contesta|como ya dije|como os dije|cuantas veces|alguna novedad|por segunda vez les|por tercera vez les|tercera vez que escribo|segunda vez que escribo|tercera vez que les|segunda vez que les|tercera vez que llamo|segunda vez que llamo|tercera vez que os|segunda vez que os|he escrito dos|he escrito tres|he escrito varias|he llamado dos|he llamado tres|he llamado varias|les escribi|os escribi|les escribo otra vez|les escribo de nuevo|les vuelvo a escribir|vuelvo a escribir|volver a escribir|mis correos anteriores|mi correo anterior|mi mensaje anterior|mis mensajes anteriores|quedaron en llamar*|quedasteis en llamar*|dijeron que me llamar*|me dijeron que me|nadie me ha llamado|nadie me llama|nadie me contesta|nadie me responde|ningun correo de respuesta|sin contestar
      zum zweiten mal|zum dritten mal|zum vierten mal|schon mehrmals|mehrfach geschrieben|mehrfach angerufen|mehrfach gemeldet|bereits geschrieben|bereits angerufen|schon geschrieben|habe ihnen schon|keine antwort|niemand antwortet|immer noch keine|wie gesagt|gibt es neuigkeiten|noch nichts gehort|schreibe erneut|schreibe ihnen erneut|melde mich erneut|frage erneut|schreibe wieder|schon zweimal geschrieben|schon dreimal geschrieben|schon zweimal angerufen|schon dreimal angerufen|zweimal angerufen|dreimal angerufen|zweimal geschrieben|dreimal geschrieben|habe bereits geschrieben|habe bereits angerufen|habe bereits gemeldet|bereits gemeldet|bezug auf mein schreiben|bezug auf meine|bezugnehmend auf meine|bezugnehmend auf mein|meine letzte mail|meine letzten mails|meine mails|meine mail vom|mein schreiben vom|meine anfrage vom|meine letzte nachricht|ihre letzte antwort|noch keine antwort|bisher keine antwort|wollten sich melden|wollten mich zuruckrufen|niemand zuruckgerufen|nicht zuruckgerufen|ihre kollegin|ihr kollege|wie oft soll|wie oft muss
      deja ecrit|deja contacte|deja appele|deja envoye|toujours pas de reponse|sans reponse|aucune reponse|personne ne repond|pas de reponse|comme je vous lai dit|combien de fois|je relance|deuxieme fois que je vous|troisieme fois que je vous|quatrieme fois que je vous|deuxieme fois que jecris|troisieme fois que jecris|troisieme fois que jappelle|deuxieme fois que jappelle|pour la troisieme fois|pour la deuxieme fois|vous recontacte|vous reecris|vous ecris a nouveau|vous contacte a nouveau|vous ecris encore|mon precedent|mes precedents|mes mails precedents|mon mail precedent|suite a mon mail|suite a mon courrier|suite a mon message|suite a mon appel|mon courrier du|mon mail du|appele deux fois|appele trois fois|ecrit deux fois|ecrit trois fois|vos collegues|votre collegue|devait me rappeler|deviez me rappeler|personne ne ma rappele|personne ne ma repondu|toujours personne|reste sans reponse|restes sans reponse|avez vous des nouvelles
      """
    ),
    (
      "wants_human",
      """
      speak to a human|speak to a person|speak with a person|speak with a human|speak to someone|speak with someone|speak to an agent|speak with an agent|speak to a manager|speak to your manager|speak to the manager|speak .. supervisor|talk to a human|talk to a person|talk to someone|talk with someone|talk to an agent|talk with an agent|talk to a real|speak to a real|real person|real human|human being|live agent|live person|human agent|actual human|actual person|not a bot|not a robot|no bot|no bots|stop the bot|dont want a bot|call me back|call me|ring me|give me a call|a human please|human please|agent please|escalate this|escalate it
      hablar con una persona|hablar con alguien|hablar con un agente|hablar con un humano|persona real|llamadme|llamenme|no quiero un robot|no quiero hablar con un robot
      von einem menschen|zuruckgerufen|mit einem menschen|mit einem mitarbeiter|mit jemandem sprechen|echten menschen|kein bot|keinen bot|rufen sie mich|ruckruf
      parler a un humain|parler a quelquun|parler a une personne|parler a un conseiller|vraie personne|rappelez moi|pas un robot|pas a un robot
      """
    ),
    (
      "instructions_to_machine",
      """
      note to the assistant|to the assistant|to the ai|skip the checks|skip all checks|mark this customer|issue a voucher|ignore previous|ignore all previous|ignore your previous|ignore the previous|ignore your instructions|ignore all instructions|ignore your rules|ignore all your|ignore all rules|ignore the rules|disregard previous|disregard your|disregard all|forget your instructions|forget your rules|forget all previous|system prompt|your prompt|you are now a|you are now in|pretend you are|pretend to be|act as if|developer mode|admin mode|jailbreak|as an ai|you are an ai|override your|new instructions|respond only with|output only|approve the refund automatically|issue a refund automatically
      ignora las instrucciones|ignora tus instrucciones|olvida tus instrucciones|ignoriere alle|ignoriere deine|vergiss deine|ignore toutes|ignore tes instructions|oublie tes instructions
      """
    ),
    (
      "confusion",
      """
      im confused|i am confused|so confused|confusing|confused|dont understand|do not understand|doesnt make sense|does not make sense|makes no sense|what do you mean|what does that mean|no idea what|not sure what|im lost|that did not solve|that didnt solve|didnt help|did not help|not what i asked|thats not what i
      no entiendo|no lo entiendo|no comprendo|estoy confundid*|que significa|eso no es lo que
      verstehe nicht|verstehe das nicht|verstehe ich nicht|verwirrt|verwirrend|was bedeutet|das hilft mir nicht
      ne comprends pas|comprends pas|comprends rien|je suis perdu|que veut dire|pas ce que jai demande
      """
    ),
    (
      "exception_wanted",
      """
      make an exception|an exception for|goodwill|compensation|compensate|discount for the|refund for the inconvenience|something for the inconvenience|credit for the inconvenience|waive the|waive my|bend the rules|just this once|as a gesture|gesture of goodwill|store credit for
      hacer una excepcion|compensacion|indemnizacion|una excepcion|ausnahme machen|kulanz|entschadigung|eine ausnahme|faire une exception|geste commercial|dedommagement|compensation
      """
    ),
    (
      "opt_out",
      """
      dont want automated|no automated|stop automated|no ai|dont want ai|without ai|no machine|dont use my data|opt out of
      no quiero respuestas automaticas|sin inteligencia artificial|keine ki|keine automatischen|pas dia|pas de reponse automatique
      """
    ),
    (
      "thanks",
      """
      thank you|thanks|thank u|thx|ty|cheers|much appreciated|appreciate it|gracias|muchas gracias|danke|danke schon|vielen dank|merci|merci beaucoup|merci bien
      """
    ),
    (
      "settled",
      """
      all good|all sorted|sorted now|its sorted|problem solved|solved now|solved it|resolved now|has arrived now|it arrived after all|it came after all|it arrived in the end|it came in the end|it arrived thank*|it came thank*|it has arrived thank*|just arrived|got it now|found it|that helps|that helped|no problem|never mind|nevermind|perfect thanks|great thanks|ok thanks|okay thanks|works now|working now|thats all|todo bien|ya llego|ya ha llegado|solucionado|resuelto|perfecto gracias|alles gut|alles klar|hat sich erledigt|erledigt|ist angekommen|gelost|cest bon|cest resolu|tout va bien|bien recu|parfait merci
      """
    ),
  ]
}
