/// The words that customers use most, besides those of our phrases, in their normal form.
///
/// Reading them takes less time than reading others, and says the same: what they say is known beforehand. They were counted in the
/// texts that the shipped model learned from, longer words more; a word too many or too few changes no reading.
enum UsualWords {
  static let all = """
    abajo aber abgegeben abholung abono above abrigo abroad abuela acabo accent accepted accident according
    accountant accounts aceptan achats achete acheter acht across active actually added addressed addresses adjunto
    adult advance advent advert advise adviser affiche afraid after afternoons afterwards agosto agree agreed
    agreement agua ahead ahora ailleurs airport alarm algun alive allerdings allotment allow allowed alone along
    alors alright also alte alter altered although altogether always ambulance among amounts anderen anderes anders
    android angebot angenommen animals announced annulez anoche anrufen answered answering antworten anybody anyone
    anyway anywhere aparece aparte apellido aplicacion apologies apology appears apple applied appointment approval
    approved apres aquarium aqui ar argent arms arrange arranged arrivee arriver arrives arriving articles articulos
    asi asistente asks asleep assembled assembly assume assured atendio atras attach attached attachment attempts
    attention auch audiobook auditors auftrag aujourdhui aunque aunt aupres auriez auskunft aussi authenticator
    autistic automatic autres autumn avait average aviso avoir avons awaiting aware ayer ayuda badly bag bags bakery
    balance balcon balcony balloon balloons banco band banks banner banque bare base basically basket baskets batch
    bateria bath bathroom batterie batteries battery beans bear beautifully bebe became because become becomes bed
    bedroom bedside beforehand begin beginners beginning begun behalf behind beide beiden beim bekommen beleg
    believes bell belle belongs below belt bench bescheid beside besoin bestatigen bestatigt bestatigung besten
    betrag bevor bezahlt bibliotheque bicycle bike bikes bills bird birth birthdays biscuit biscuits bit bits bitte
    black blades blanco blanket bleiben blender bless blind blinds block blood bloss blue bluetooth board boat
    boiler boite bolsa bonne bonus book bookcase booked booking bookkeeper bookkeeping booklet books boots born
    borrowed boss bote both bother boton bottle bottles bottom bought bounced bouquet bout boutique bouton boxes
    boyfriend boys bracelet brain branch brand brands bras brauch brauchen braucht brauchte bread break breakfast
    breathe bridge bring bringen brings brochure brothers brought brown browser brush buchhaltung budget buen buena
    buenas buenos building built bulbs bundle burn burning burst busco butter buttons buyer c ca cabinet cable cada
    cadeaux cafe cafetera caisse caja cake calculator calendar calle calls calm cambiaron cambie camera camino
    camion camping canal cancelled candle candles car cara cardboard cardigan care carpet carried carrier carriers
    carries carrito carrying cartes carton cartons cartridges casa casi caso casserole castle cat catalogue catch
    cause ceiling celle celui celular cent centimetres centre ceramic certain certificate certified cetait chain
    chair chairs chambre chance changes changing channel chap chapter chaque characters charger charging charity
    charming chats chauffeur chaussures cheaper checked cheerful cheese chef cheque cherche chercher chest chez
    chicken chico chien children childrens childs chipped chocolate choice choir choose choosing chose chosen church
    cierra cinco cinq circle circles city clean cleaned cleaner cleaning clear cleared clearly click clicked
    clicking clients clignote climbing clinic clique clock closed closes clothes cloud clowns club cm coach coat
    coats cobran cobraron coche cocina coeliac coffee coins colchon cold collar colleague colleagues collected
    college colours column comanda comes comfortable commence community companies companys compare comparing
    competition complained complaining complaints complete completed completo complicated compost comprado compramos
    comprando compras compre compression compris compro comprobante comptable computer computers concerning concerns
    concert concierge condition conference confirmacion confirmation confirmations confirme confirmed consent
    consider considering consigne consignes consignment console contain contains contents conteste continue contra
    contract contre conversation convient cooker cookies cool cooling copies cork corner corrected correctly
    correspondence corriger cosa cosas costs costume cote cottage cotton coucou could couldnt couleur council count
    counted counter counting counts county coup coupe couple couriers courriel cours course cousin cousins cover
    covered covers craft crashes crate cream created credited crema creo crime cross crossword cual cuarenta cuarta
    cuatro cuento cuisine cupboard curious currently curso curtain curtains cushion cushions custom customs cutting
    cycle dabei dafur daily damage damals dame damit danach dann dans dapres darf dark dass dated dates daughters
    dautres davoir davon daylight dazu deal dealt debits decent decide decided decir decision dedans default
    definitely degree degrees delante deleted deliveries demander dementia denn dentist dentro departamento
    department depose deposit depot depuis dere dernier derniere derriere derselben describe described description
    desde deserves deshalb design desk desormais despues dessus det devant device devolvi diabetic diagnosed dice
    dicen diciendo diese dieselbe diesem diesen diez difficult diganme digit digital digits digo dijo dimanche
    dining dinner dinosaur direct directly director disappear discontinued discovered discussed dishwasher dispatch
    display dites doch doctor doctors document documento documents dog dogs doing dois doit dolares dollars
    domicilio domingo donc donne donnerstag doorbell doors doorstep dort dossier douze downloaded downstairs drama
    dran drauf drawer drawing dream drei dress dresses drill drin drink dritte drive drivers driving drone drop
    dropped drops drove drum dryer due dune duplicate durch during duvet dying earrings ears earth easier easy eaten
    eating edition efectivo ehrlich eigentlich eight eighteen einen einer eingegangen einmal eins either electrician
    electricity eleven ella elle elles elses elsewhere embarrassed embarrassing employee employer empresa empties
    encargado encargo encargue encima enclosed encontre encuentro ended ending endlich ends enero enfants enfin
    engagement engineer engraved engraving enjoy enjoying enlace ensuite enter entered entero entire entirely
    entonces entradas entrance entweder envelope enviar envoyer envoyez equipe equipo er ersatz erst erste ersten
    escalated esos espace especially esperar espero espresso estaba estamos estan estar estate esto etaient etait
    etes etikett euer eure eurem eurer euro euros even evening evenings everybody everyone everyones everythings
    everywhere evidently exact exactly example except exchanged excited excluded excuse executor exist existe exists
    expecting experience expert explain explanation explicar extended extension extra eyes fabric face facebook fact
    factory fair fais faites faithfully fake fall fallen falls fallt falsch familia famille family far farbe farm
    faster faudrait fault faut fauteuil favor favourite fecha feel feelings feels feet felt femme fence ferme ferry
    festival fetch feuerwehr ficha fiche fidelite field fifteen fifty fight figure figures fill fille filled filling
    film fils filter final finally finance finde findet finds finger fingers finish finished firm firma firmware
    fish fishing fits fitted fitter fitting five fixed flat flatmate flights floor flour flowers foam folder folding
    folks followed foot football forest forgive forklift form forma format former formulaire formular formulario
    formule fortnight forty forum forwarded foto fotos foundation fountain fourteen fragen fragt frame frames
    franchement francs freeze freezer frere fridge friends frightened frist front fruher fuera funf funny furniture
    furs further fuss future game games gaming ganz ganze ganzen garage garde garden gardez gate gave gedacht
    geehrte gegen gehen gekauft gekommen genau general genommen gente gentleman gerade gern geschickt gespeichert
    gestern gets geworden gibts gilt ging ginger girl girlfriend girls given gives giving gladly glasses gleich
    gleiche glove gloves gluten gmail goes gold gone gonna goodbye goods google gown grad grade graduation
    grandchildren granddaughter grandmother grandmothers grandson grant granules grateful green greenhouse greetings
    grey greyed gris groceries ground group growing grown guarantee guaranteed guardian guess guest guests guitar
    gustaria gusto gutschrift guys h hab haber habia habt hace hadnt haha hair half hall hallway halt hamper hamster
    handle handled handles handling hands handwritten handy hang hanging hangt happen happened har harbour hard
    hasta hats hatte hatten hause hausnummer having head headphones headset hear hearing heart heat heater heating
    hedge height heisse heisst held helmet heres hermana hermano hers herzlichen hes heure heures hi hice hidden
    hiding hier hiess high hija hiking him hinge hire hired history hiya hold holder holding holds holiday holidays
    home honest honestly honour hoodie hope hoped hoping hora horas horse hose hospice hospital hotel hour hours
    household however hows hoy huit hundred hung husbands hvala hygiene iban id identical igual ihrem ihren ik ikke
    imagine important importe inbox inch inches include included including induction inform informed initials inside
    insists inspection installation instalment insurance inte interest interested internet inutiles inzwischen
    iphone irgendwas irgendwo iron island issued istiyorum itd itll itself ja jacket jag jahr jahre jahren jaimerais
    jardin jars javais jeans jeden jedes jeg jemanden jest jetais jetzt jeudi jigsaw joined joint jour journee
    journey jsem juego jueves juin jullie jumper jusqua juste justo karton kasse kauf kaufe kaufen keen keeping
    kennwort kept kettle keyboard keys khong killing kilo kilos kind kinder kindly kit kitchen kits klarna kleine
    kleinen knees knew knife knitting knock knocked known knows kollegen komme kommen kommer konnen konnt konnte
    konnten kostet kreditkarte kuhlschrank kundennummer labels ladder ladies lado lads lady laisse lamp lampe lamps
    lampshade lancien lancienne land landed landline landlord landlords lane lang langsam language laptop laquelle
    large largent larger larticle lassen lasst lassurance latelier later latest lauft laugh laughed laughing laut
    lautre law lawn laws leads leaflet leaked learned least leather leaves lecran lecture legs lemon length lens
    lenses less lessons letiquette lets letterbox letting lettre leute level library libro licence lieben lieber
    liegen lien lieu lifetime lift light lighthouse lights ligne liked likes limit limited line linen lines lining
    links lipstick lista liste listed listen listening lists literally litre litres litter little lived lives livres
    livreur llamada llegan llegaron llegue lleva llevo llorar loaded local location lock locker logistics logo
    looked looks loose lorry lose lot loud loved lovely lower luck luckily luego lunch lunettes m mache machines
    macht magasin magazine maiden mailadresse mailbox main maintenance maintenant mais maison maker mama maman man
    managed mandan mandar mandaron mande manden mando manera mano manual manufacturer mappelle maquina maravilla
    marca mardi mari marido market marketplace marquee married mars martes marzo mastectomy matching mate matelas
    maternity matin matratze matter matters mattress mavait mavez maviez may maybe mayo meal means meant meantime
    meanwhile measure measured measurements measuring medical medio medium meeting meinem meinen mejor melted member
    members meme memory mended menos mensajero mensch mention menu merchant mercredi merely mesa meses messages
    mesure meter metre metres mettez microwave middle midi midnight midwife mientras miercoles might mijn miles
    million mine mines minha minimum minus minute minuten minutes minutos mirror misma miss mitad mittwoch mixed
    mixer mobile mochten modele modell modelo moins mois moitie moment momento monate monatsende monde monitor
    monsieur month months morning mornings most mostly motor move movil mucho mugs muppets museum music musste
    mustard mustnt mystery na nachbarin nachste nachsten nacht naissance named namen namlich nappies narrive narrow
    narrowboat natural naturally naturlich navy near nearest nearly necesito neck needing neednt needs nehmen
    neighbour neighbours neither nephew nervous nest neuen neuf neutral ni nicely niece niet night nights nije nimmt
    nine nineteen ninety ninguna ninos nobodys noches nochmal noise nom nombre none noon normal normally nos
    nosotros nota noted notes nothings notify notre nous novel noviembre nuestro nueva nueve nuit numbers numerique
    nummer nurse nursery nursing o object obliged observation obviously obwohl occasions ocho oclock octubre oder
    offer offered officer official often oktober older ones online onze opened opening opens operation operator
    opinions opposite optician orange orden ordinary original others otherwise ought our ours ourselves outlet
    ouvert oven overnight owner pa paar paciencia pack packaging packchen packed packet packing packs packstation
    paddling pads pagado pages pague paid paie pain paint painted pair pairs paketshop pallet pallets panel pantalla
    papa papel paper papers paperwork papier paquet paragraph parce parcels parece parent parfum parish park parking
    parle parrot parte parti particular partie partir partners partout party pasa pasada pasado pasar paso pass
    passez passiert passport passwords past paste patient pattern patterns pavement paye paying payments pays peace
    pedi pedir pencil pendant pendiente pending penny pension pensioners pentru peoples per percent perdon perfectly
    perfil perfume perhaps perro personalised personally personas persons pesos petits petrol peut pharmacist
    pharmacy phones photo photograph photographs photos piano pick picked picking picks pickup picture pictures pide
    pido pienso pillow pillows pink pixel places plain plait planned planner planning plant plants plastic plata
    plate plates platform play playing plays pleasure plein plenty plotzlich pls plug plugged plumber plutot pocket
    poco podcast podeis podria podrian point pointed poles polite politely pongo pool porque portal porte portes
    portions pose position postage postal postcode poste posted poster posting postman pots pottery pound pounds
    pourquoi pourrait pourriez pourtant poussette pouvez powder power practice praise pram precio precisely prefer
    prefere preferences prefiero pregunta preguntar pregunte pregunto preis premier premiere prendre prenez prenom
    preorder prepare prepared preparing present pressed pretty preview prices prima primary primera primero
    principle print printed printer printing priority private privately prix prize probably probiert procedure
    proceed processing prochain prochaine production products profil profiles programme progress project projector
    prometieron promis promise promises proof proper properly propose prosim proteccion protector protein proud
    prove provider public published pueblo pueda pueden puerta puesto puis puisque pull pulled pump punto puntos
    purchased purchases purchasing purple puse pushchair pushed put puts putting puzzle puzzles quando quarante
    quarter quatorze quatre quede quedo quel quelque queremos questionnaire questions queue qui quicker quid quien
    quiere quiet quil quince quinze quisiera quite quon quote quun quune rabbit rack radio rail range rate rather
    raus razor reachable reached read reader readers reads ready realise reasons receipts reception rechnen recipe
    recipient reckon reclame recliner recogida recois recommended record recorded recording records recovery
    recuperer recycling red redesign redirect refunded refunds refurbished refused refuses regarde regarder
    regarding regards regional registered registro regle regular reicht rein relais release released releve remain
    remaining remains remember reminder reminders remise remote removed rendez rendre rendu rental reorder repair
    repaired repartidor replying repondre reported reprendre reprenez represent representative repris requested
    require required reserve reserved resident responsable responsible rest restarted result resulta results retinol
    retired retirement retirez retrouve returned reunion reverse reversed reviews ribbon rice richtig richtige ride
    ringing rings road rolled roller rolls roof rouge roughly route rubber rubbish ruckgangig rucksack ruckzahlung
    rule run runs s sa sabe saber sache sage sagen sagt saisis salen sales salieron salio salmon salon salt salut
    sample samples sand sandals sang satisfied sauf save saved saving savoir saw saya saying scanned schicken
    schickt school schriftlich schwester science scissors scooter scrap scratch screen screens screenshot
    screenshots screws seal sealed seam season seat seats sechs seconds secret secretary section security seed seeds
    seeing seem seems seen seguir segun segundo seguro sehen seid sein seis seit seither selber selbst selected
    seller sellers selling semaine semaines semanas sender sends sendung senior senora senores senorita sensor
    sentence sentences sentido separate separately sept septembre septiembre serait seria serial serum services
    session sets setting settings settle seul seule seulement seven several sewing shade shall shant share shared
    shed sheet sheets shelf shell shelter shelves shes shift shifts shipment ships shirt shirts shoe shoes shopped
    shops short shoulder shoulders shouldve shouted shouting showed shower showing shown showroom shut si side
    sideboard sides sieben siempre siete signale signature signed signing signs sigue siguen siguiente silence
    silent silla silly silver simple simply since sincerely sind single sir sirve sistema sisters sitio sits sitting
    sitze sitzt six sixteen sixty sizes skal skateboard skin skulle sleeping sleeve slept slightly slip slipped
    slippers slot slowly smart smell smells smiling sneakers snow sobre social socket socks sofa soft software sogar
    sohn sois soit sola sold solicitors sollte somebodys somehow someones somethings sometimes somewhere sommes
    somos sondern sonne sonntag sono sons sonst sont sooner sorry sort sorting sound sounds soup sourdough soy spam
    spare speaker speaking speaks special specialist spelled spend spending spent splendid spoke spoken spot spring
    square staff stage staircase stairlift stairs stamp standard standing stands star stars started starter starting
    starts state statement station stationery statt statutory stay stayed staying stays stehen steht stelle step
    steps stick sticker stickers sticks stimmt stockings stone stood stool stools stops storage stored stores
    stories stove strangers strap streaming street streets streichen strength strike strings stroke stroller strong
    students studio stunde stunden su subject such suche sucursal sugar suggest suggested suggestion suit suitcase
    suits sujet summer supermarket supplement supplied supplier supply suppose supposed supprimez sur surcharge
    surely surgery surname surprise surprised surtout survey suspect swapped sweet swimming switched swollen symbol
    t table tables tablet tablets tablette tag tage tags tailles takes talked talking talks tall taller tambien tank
    tante tanto tape taped tardes tarjetas taste tauschen teach teacher teachers team technician tecnico teenager
    teeth telefon telescope television telling tells telly temperature ten tendria tenemos tener tenia tenner tent
    tercer term terrace test tested texts than thanked thanking thatd theatre theirs themselves then thered
    therefore therell theres these thesis theyd theyll theyre theyve thick thing things thinking thinks thirteen
    thirty those though thought thousand thread threw throw thrown thumbs tick ticked tickets tidak tienda tiene
    tienen tient tight tiles till timer tins tiny title toaster toda todas todays toddler todos together toilet
    tomatoes tomber tomorrows toner top torn touched tour tourne tous toute towards towel town trabajo trace tracked
    tracker trade trae tragen trailer train trained trainers training traitement trampoline transfer transferred
    transport transporteur transportista travail travel travelling treadmill treasurer treat treated treatment tree
    trente trick trimestre trimmer trip trolley trottinette trotzdem trousers truck true trust trusted try trying
    turned turning turns twelve twenty twins type typed typing tyres uber uberall uberhaupt uberweisen uberweisung
    uberwiesen ubrigens ultima ultimo um umbrella umstellen unanswered unas unbelievable uncle und underneath
    understanding understood undo undone unico unit university unless unlock unopened unos unpacked unpaid unplugged
    uns unser unsere unserer unsubscribed unter unterwegs until unused unusual updated upload uploaded upside
    upstairs us usted ustedes usual usually usuario v vacuum valid valide value vamos van vanished vase vater vecino
    veinte velo venden vente verdad verde verified verifier verify verlange verlangt vermutlich vers version vestido
    vide video videos vielleicht vienen viens vient vier view village vingt virement virtual visa visible visit
    visto vitamins vive vivo voice voila voir vois voisin voisine voix volume vorher vormittag vosotros voudrais
    vuelve vuestra vuestro waited walk walked walking wall wallet wallpaper walnut war ward wardrobe ware warehouse
    waren warm warning warum waschmaschine washed washer washing watched watching water watering wear wearing
    weather wed weddings weder weekends weekly weeks wegen weihnachten weil weiterhin welcome wellies weniger
    wenigstens wenn werde werden were werent weve whatevers whatsapp whatsoever wheelchair wheels whenever whens
    whether whichever white whod whoever whoevers whole whom whos whose wide width wifes willing window windows wine
    winter wipe wiped wir wish wishes withdraw within wochen wohl wohnung woke woman wonder wondered wondering wood
    wooden wool word worked workshop worktop world worn worse wouldve wrap wrapped wrapping wrist writes wrongly
    wurden y yard yarn year yearly yellow yes yesterday yesterdays yoga youd young youre yours yourself yourselves
    youve zahlt zapatillas zapatos zehn zeigt zeit zero zettel zijn zugang zuruckgeben zusammen zustandig zwanzig
    zwar zwei zweite
    """
}
