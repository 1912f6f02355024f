import Events

extension Stories {
  /// Late parcels: with a declared disruption the cause and the next update answer; without one a person looks.
  static func delays() -> [Story] {
    var book: [Story] = []
    book.tell("storm-in-leeds", 20451, "Priya Raman", "priya.raman@post.example", .ukNorth, "en") { story in
      story.order("LL-40015", day(-3, "10:30"), [.rainJacket], promised: day(1))
      story.runs(.nordPost, through: .inTransit)
      story.becomes(.delayed, day(1, "05:40"), eta: day(4, "18:00"))
      story.ticket(
        day(1, "12:20"), .web, "Where is LL-40015?",
        "Hello, my rain jacket was supposed to arrive today and the tracking hasn't moved since the weekend. Do you "
          + "know what's going on? Ironically I could do with it in this weather. Thanks, Priya",
        orders: ["LL-40015"], expect: .resolve)
      story.writes(day(1, "12:41"), "Ah ok, makes sense. Thanks for telling me straight.", expect: .silence)
      story.rates(day(1, "12:43"), stars: 5)
      story.becomes(.inTransit, day(4, "05:20"))
      story.becomes(.outForDelivery, day(4, "07:15"))
      story.becomes(.delivered, day(4, "15:02"))
    }
    book.tell("storm-in-inverness", 20452, "Fergus McAllan", "fergus@croft.example", .ukNorth, "en") { story in
      story.order("LL-40021", day(-2, "09:00"), [.kettle, .mug.times(2)], promised: day(2))
      story.runs(.nordPost, through: .inTransit)
      story.becomes(.delayed, day(1, "06:05"), eta: day(4, "18:00"))
      story.ticket(
        day(2, "13:40"), .phone, "Call note: delivery",
        "Caller asks for the kettle LL-40021. Was due today. Says the roads up there are bad and he is not surprised, "
          + "only wants to know when to expect it.", expect: .resolve)
      story.becomes(.outForDelivery, day(4, "08:05"))
      story.becomes(.delivered, day(4, "16:40"))
    }
    book.tell("streik-in-leipzig", 20453, "Annika Brandt", "annika.brandt@briefkasten.example", .euCentral, "de") {
      story in
      story.order("LL-40033", day(-1, "10:20"), [.duvetSet], promised: day(2))
      story.runs(.parcelWay, through: .inTransit)
      story.becomes(.delayed, day(2, "07:30"), eta: day(5, "18:00"))
      story.ticket(
        day(2, "17:15"), .email, "Lieferung LL-40033",
        """
        Hallo,

        laut Sendungsverfolgung hängt meine Bettwäsche (LL-40033) seit Sonntag früh fest. Zugesagt war heute. Wissen \
        Sie, woran es liegt und wann es weitergeht?

        Danke und Gruß
        Annika Brandt
        """, expect: .resolve)
      story.writes(day(2, "18:02"), "Okay, dann warte ich mal ab. Danke!", expect: .silence)
      story.becomes(.outForDelivery, day(5, "06:30"))
      story.becomes(.delivered, day(5, "11:48"))
    }
    book.tell("wien-wartet", 20454, "Leopold Huber", "leo.huber@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40036", day(0, "08:45"), [.espressoMaker], promised: day(3))
      story.runs(.parcelWay, through: .inTransit)
      story.becomes(.delayed, day(2, "07:50"), eta: day(5, "18:00"))
      story.ticket(
        day(3, "09:10"), .chat, "servus, wo is mei espressokocher? nr LL-40036, hätt heut da sein sollen",
        expect: .resolve)
      story.becomes(.outForDelivery, day(5, "06:10"))
      story.becomes(.delivered, day(5, "13:05"))
    }
    book.tell("inundaciones", 20455, "Rocío Benavent", "rocio.benavent@correo.example", .euSouth, "es") { story in
      story.order("LL-40041", day(1, "09:35"), [.hammock, .candleSet], promised: day(3))
      story.runs(.swiftShip, through: .inTransit)
      story.becomes(.delayed, day(3, "06:10"), eta: day(5, "18:00"))
      story.ticket(
        day(3, "12:30"), .web, "Pedido LL-40041 retrasado",
        """
        Buenos días: hoy tenía que llegarme la hamaca y en la web pone que va con retraso, pero no dice por qué. ¿Me \
        podéis decir el motivo y cuándo sabréis algo? Un saludo, Rocío
        """, orders: ["LL-40041"], expect: .resolve)
      story.writes(day(3, "12:55"), "vale, normal con la que está cayendo. gracias", expect: .silence)
      story.becomes(.outForDelivery, day(5, "08:20"))
      story.becomes(.delivered, day(5, "12:10"))
    }
    book.tell("murcia-otra-vez", 20456, "Javier Ortuño", "javi.ortuno@correo.example", .euSouth, "es") { story in
      story.order("LL-40044", day(1, "10:50"), [.backpack], promised: day(4))
      story.runs(.swiftShip, through: .inTransit)
      story.becomes(.delayed, day(3, "06:40"), eta: day(5, "18:00"))
      story.ticket(
        day(4, "11:05"), .social, "q pasa con mi mochila?? pedido LL-40044, tenia q llegar hoy", expect: .resolve)
      story.becomes(.outForDelivery, day(6, "07:30"))
    }
    book.tell("incendie-au-depot", 20457, "Baptiste Morel", "b.morel@courriel.example", .euWest, "fr") { story in
      story.order("LL-40048", day(1, "08:25"), [.oakTable], promised: day(4))
      story.runs(.urbanCourier, through: .inTransit)
      story.becomes(.delayed, day(3, "10:30"), eta: day(6, "18:00"))
      story.ticket(
        day(3, "15:20"), .email, "Commande LL-40048",
        """
        Bonjour,

        Le suivi de ma table (commande LL-40048) indique un retard depuis ce matin. La livraison était annoncée pour \
        demain. Pourriez-vous m'indiquer la cause de ce retard et la date à laquelle vous en saurez davantage ?

        Bien cordialement,
        Baptiste Morel
        """, expect: .resolve)
      story.writes(
        day(3, "15:48"), "Merci pour votre réponse rapide, j'espère que tout le monde va bien au dépôt.",
        expect: .silence)
      story.rates(day(3, "15:50"), stars: 4)
    }
    book.tell("snowed-in", 20458, "Denise Kowalczyk", "denise.k@post.example", .usEast, "en") { story in
      story.order("LL-40052", day(1, "14:30"), [.winterCoat], promised: day(5))
      story.runs(.swiftShip, through: .inTransit)
      story.becomes(.delayed, day(4, "13:20"), eta: day(6, "22:00"))
      story.ticket(
        day(4, "19:05"), .web, "LL-40052 delayed?",
        "Got an email that my coat is delayed. Is it the snow? When will you know more. Thx", orders: ["LL-40052"],
        expect: .resolve)
    }
    book.tell("a-bit-disappointed", 20459, "Eleanor Hughes", "eleanor.hughes@post.example", .ukNorth, "en") { story in
      story.order("LL-40055", day(-3, "13:10"), [.linenCurtains], promised: day(1))
      story.runs(.nordPost, through: .inTransit)
      story.becomes(.delayed, day(1, "05:55"), eta: day(4, "18:00"))
      story.ticket(
        day(2, "08:50"), .email, "Curtains LL-40055",
        "Good morning. A bit disappointed that the curtains didn't come yesterday as promised, though I did see the "
          + "news "
          + "about the storm. Is that the reason, and is there a new date? Regards, Eleanor Hughes", expect: .resolve)
      story.becomes(.outForDelivery, day(4, "07:40"))
      story.becomes(.delivered, day(4, "12:22"))
    }
    // The storm explains it, but it is no answer to somebody in a rage.
    book.tell("storm-and-rage", 20460, "Gary Pickles", "gazpickles@post.example", .ukNorth, "en") { story in
      story.order("LL-40058", day(-4, "11:00"), [.hikingBoots], promised: day(0))
      story.runs(.nordPost, through: .inTransit)
      story.becomes(.delayed, day(1, "06:15"), eta: day(4, "18:00"))
      story.ticket(
        day(2, "07:12"), .email, "ABSOLUTE JOKE",
        """
        STILL NOTHING!!! LL-40058 was meant to be here SUNDAY. You took my £164 quick enough didn't you. I am sick to \
        death of companies like yours, every single time it's an excuse. What a useless shambles of an outfit. SORT IT \
        OUT NOW!!!!
        """, expect: .handOff("angry"))
      story.ticketIs(day(2, "08:02"), .open, assignee: "yusuf", priority: "high")
      story.agentWrites(
        day(2, "08:15"),
        "Hi Gary, this is Yusuf. I'm sorry, you were promised Sunday and it did not come. I've asked "
          + "the "
          + "depot in Carlisle where the boots are and will write again by noon.")
      story.writes(day(2, "08:40"), "right. noon then. i'll be watching", expect: .silence)
      story.agentSays(day(2, "12:10"), .handoffVerdict, "needed")
      story.becomes(.delivered, day(4, "10:15"))
      story.ticketIs(day(4, "11:00"), .solved)
      story.rates(day(4, "18:05"), stars: 3)
    }
    book.tell("late-for-no-reason", 20461, "Bethan Lloyd", "bethan.lloyd@post.example", .ukSouth, "en") { story in
      story.order("LL-40061", day(-4, "12:20"), [.mirror], promised: day(0))
      story.runs(.parcelWay, through: .inTransit)
      story.becomes(.delayed, day(1, "07:05"))
      story.ticket(
        day(1, "11:48"), .web, "Mirror not here",
        "Hi there, LL-40061 was due on Sunday and now it only says 'delayed'. There's no new date and no reason. Could "
          + "you "
          + "find out what has happened to it?", orders: ["LL-40061"], expect: .handOff("delay_unexplained"))
      story.ticketIs(day(1, "13:20"), .pending, queue: "delivery", assignee: "noor")
    }
    book.tell("verspaetet-ohne-grund", 20462, "Sabine Ott", "sabine.ott@briefkasten.example", .euCentral, "de") {
      story in
      story.order("LL-40064", day(-3, "09:15"), [.rug], promised: day(1))
      story.runs(.urbanCourier, through: .inTransit)
      story.becomes(.delayed, day(2, "06:20"))
      story.ticket(
        day(2, "09:30"), .email, "Teppich LL-40064",
        "Guten Morgen, der Teppich sollte gestern kommen. In der Verfolgung steht nur \"verspätet\". Können Sie beim "
          + "Boten nachfragen? Ich habe mir gestern extra freigenommen. S. Ott", expect: .handOff("delay_unexplained"))
    }
    book.tell("pasado-de-fecha", 20463, "Andrés Villalba", "avillalba@correo.example", .euSouth, "es") { story in
      story.order("LL-40067", day(-5, "17:00"), [.sleepingBag], promised: day(0))
      story.runs(.parcelWay, through: .inTransit)
      story.ticket(
        day(2, "08:20"), .web, "Fecha vencida",
        "El saco de dormir LL-40067 tenía fecha del domingo y hoy es martes. En el seguimiento sale 'en tránsito' y "
          + "nada "
          + "más. ¿Dónde está exactamente?", orders: ["LL-40067"], expect: .handOff("delay_unexplained"))
    }
    return book
  }

  /// Something went wrong on the road, or holds the order back: a person acts.
  static func troubleOnTheRoad() -> [Story] {
    var book: [Story] = []
    book.tell("carrier-exception", 20471, "Nathan Cole", "nathan.cole@post.example", .ukSouth, "en") { story in
      story.order("LL-40071", day(-2, "11:10"), [.wineGlasses.times(2)], promised: day(3))
      story.runs(.swiftShip, through: .inTransit)
      story.becomes(.exception, day(1, "09:33"))
      story.ticket(
        day(1, "15:05"), .chat, "tracking for LL-40071 says 'exception' what does that mean, is it coming or not",
        expect: .handOff("exception"))
      story.ticketIs(day(1, "15:40"), .open, queue: "delivery", assignee: "noor")
      story.agentWrites(
        day(1, "15:52"),
        "Hi Nathan, the box was damaged at the depot, so I've had new glasses packed for you this "
          + "afternoon.")
      story.writes(day(1, "16:10"), "oh brilliant, thanks noor", expect: .silence)
      story.ticketIs(day(1, "16:12"), .solved)
      story.rates(day(1, "16:20"), stars: 5)
    }
    book.tell("colis-bloque", 20472, "Solène Garnier", "solene.garnier@courriel.example", .euWest, "fr") { story in
      story.order("LL-40074", day(-1, "10:00"), [.silkDress], promised: day(3))
      story.runs(.nordPost, through: .inTransit)
      story.becomes(.exception, day(2, "10:12"))
      story.ticket(
        day(2, "14:44"), .email, "Anomalie sur le suivi",
        "Bonjour, le transporteur affiche « anomalie » pour ma commande LL-40074 et me renvoie vers vous. Que dois-je "
          + "faire ? Merci d'avance, Solène Garnier", expect: .handOff("exception"))
    }
    book.tell("box-came-back", 20473, "Wilhelm Aas", "wilhelm.aas@post.example", .euNorth, "en") { story in
      story.order("LL-40077", day(0, "07:45"), [.campStove], promised: day(4))
      story.runs(.parcelWay, through: .inTransit)
      story.becomes(.exception, day(3, "06:55"))
      story.ticket(
        day(3, "08:30"), .web, "Parcel goes back to you?",
        "The carrier writes that my stove is returned to the sender because dangerous goods. I did not do anything. "
          + "Please advice.", orders: ["LL-40077"], expect: .handOff("exception"))
    }
    book.tell("held-for-address", 20474, "Chidi Eze", "chidi.eze@post.example", .ireland, "en") { story in
      story.order("LL-40080", day(1, "08:05"), [.castIronPan, .breadTin], promised: day(5))
      story.becomes(.confirmed, day(1, "08:07"))
      story.becomes(.onHold, day(1, "10:40"), hold: "incorrect_address")
      story.ticket(
        day(2, "11:25"), .web, "Not shipped yet?",
        "Hello, ordered yesterday morning and it still hasn't been sent, usually you're really quick. When will "
          + "LL-40080 "
          + "go out?", orders: ["LL-40080"], expect: .handOff("address_problem"))
      story.ticketIs(day(2, "12:00"), .open, queue: "delivery")
      story.agentWrites(
        day(2, "12:08"),
        "Hi Chidi, the house number is missing from the address. Tell me the number and it leaves "
          + "today.")
      story.writes(day(2, "12:20"), "Oh no, my fault! 14B. Thank you", expect: .silence)
      story.becomes(.shipped, day(2, "17:50"), eta: day(4, "18:00"), by: .nordPost)
      story.becomes(.delivered, day(4, "12:15"))
    }
    book.tell("falsche-hausnummer", 20475, "Ulrike Stein", "ulrike.stein@briefkasten.example", .euCentral, "de") {
      story in
      story.order("LL-40083", day(1, "18:20"), [.woolThrow], promised: day(6))
      story.becomes(.confirmed, day(1, "18:22"))
      story.becomes(.onHold, day(2, "07:10"), hold: "incorrect_address")
      story.ticket(
        day(3, "10:15"), .chat, "Warum ist meine Bestellung LL-40083 angehalten?", expect: .handOff("address_problem"))
    }
    book.tell("held-for-payment", 20476, "Samira Haddad", "samira.haddad@post.example", .ukSouth, "en") { story in
      story.order("LL-40086", day(1, "13:10"), [.winterCoat, .suitJacket], promised: day(5))
      story.becomes(.onHold, day(1, "13:18"), hold: "payment_review")
      story.ticket(
        day(2, "08:33"), .email, "Order LL-40086 stuck",
        """
        Hello,

        the money for LL-40086 has left my account but your site says "on hold". My bank says everything is fine on \
        their side. What are you waiting for?

        Samira Haddad
        """, expect: .handOff("payment_hold"))
      story.becomes(.processing, day(2, "14:00"))
      story.becomes(.shipped, day(2, "18:10"), eta: day(4, "18:00"), by: .parcelWay)
    }
    book.tell("pago-en-revision", 20477, "Marta Quintana", "marta.quintana@correo.example", .euSouth, "es") { story in
      story.order("LL-40089", day(2, "09:50"), [.knifeSet], promised: day(6))
      story.becomes(.onHold, day(2, "09:58"), hold: "payment_review")
      story.ticket(
        day(3, "09:02"), .web, "¿Por qué no sale mi pedido?",
        "Llevo un día con el pedido LL-40089 'en espera'. Ya pagué con tarjeta. ¿Falta algo por mi parte?",
        orders: ["LL-40089"], expect: .handOff("payment_hold"))
    }
    book.tell("missed-the-courier", 20478, "Patrick Nolan", "patrick.nolan@post.example", .ireland, "en") { story in
      story.order("LL-40092", day(-1, "12:30"), [.backpack], promised: day(2))
      story.runs(.urbanCourier, through: .inTransit)
      story.becomes(.outForDelivery, day(1, "06:45"))
      story.becomes(.deliveryAttempted, day(1, "11:25"))
      story.ticket(
        day(1, "18:35"), .sms,
        "came home to a card saying they tried to deliver LL-40092. i was in ALL day, nobody rang. can they come again "
          + "tmrw "
          + "after 2", expect: .handOff("delivery_attempted"))
      story.becomes(.outForDelivery, day(2, "06:50"))
      story.becomes(.delivered, day(2, "14:31"))
    }
    book.tell("carte-de-passage", 20479, "Héloïse Tran", "heloise.tran@courriel.example", .euWest, "fr") { story in
      story.order("LL-40095", day(1, "08:50"), [.merinoSweater], promised: day(4))
      story.runs(.parcelWay, through: .outForDelivery)
      story.becomes(.deliveryAttempted, day(3, "12:40"))
      story.ticket(
        day(3, "19:15"), .chat,
        "le livreur est passé pendant que j'étais au travail, comment je fais pour récupérer le colis LL-40095 ?",
        expect: .handOff("delivery_attempted"))
    }
    book.tell("delivered-where", 20480, "Yvonne Clarke", "yvonne.clarke@post.example", .ukSouth, "en") { story in
      story.order("LL-39991", day(-3, "08:40"), [.electricKettle], promised: day(0))
      story.runs(.urbanCourier, through: .delivered)
      story.ticket(
        day(1, "09:58"), .web, "Says delivered, isn't",
        """
        Your tracking says LL-39991 was delivered on Saturday at 10:58 and "handed to resident". I am the resident, \
        and nobody handed me anything. I was in all morning with the radio on and the door open, because I was waiting \
        for it.

        I have asked on both sides and across the road. I have looked in the shed, behind the bins, under the hedge \
        and in the porch of the empty house where they once left my sister's parcel. The courier's own line is a \
        recording that tells me to ask the sender, and that is you.

        Please can somebody find out where the driver left it, and send me the photo if he took one.
        """, orders: ["LL-39991"], expect: .handOff("not_received"))
      story.ticketIs(day(1, "11:30"), .open, queue: "delivery", assignee: "yusuf")
      story.agentWrites(
        day(1, "11:45"), "Hi Yvonne, I've asked the courier for the photo and the position. Back to you today.")
      story.agentSays(day(1, "11:46"), .annotation, "helpful")
    }
    book.tell("entregado-pero-no", 20481, "Gonzalo Prieto", "gonzalo.prieto@correo.example", .euSouth, "es") { story in
      story.order("LL-39994", day(-4, "11:15"), [.photoFrame.times(3)], promised: day(1))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(1, "17:30"), .email, "No he recibido el paquete",
        """
        Hola:

        Os escribo porque en la web me aparece el pedido LL-39994 como entregado el viernes y a mi casa no ha llegado \
        nada. Eran tres marcos de fotos para el cumpleaños de mi padre, que fue ayer; al final le di un dibujo de los \
        marcos hecho por mi hija y nos reímos mucho, así que por ese lado no pasa nada.

        He preguntado al vecino, al portero y en el bar de abajo, que a veces recoge paquetes, y nadie sabe nada. \
        ¿Podéis mirar a quién se lo dieron?

        Un saludo,
        Gonzalo Prieto
        """, expect: .handOff("not_received"))
    }
    book.tell("sofa-vanished", 20482, "Margaret Whitcombe", "m.whitcombe@post.example", .ukSouth, "en", tier: "vip") {
      story in
      story.order("LL-39902", day(-11, "10:00"), [.cornerSofa], promised: day(1))
      story.becomes(.shipped, day(-3, "15:00"), eta: day(1, "14:00"), by: .swiftShip)
      story.becomes(.inTransit, day(-2, "08:20"))
      story.becomes(.outForDelivery, day(1, "06:40"))
      story.becomes(.delivered, day(1, "10:05"))
      story.ticket(
        day(1, "14:50"), .phone, "Call note: sofa marked delivered",
        "Customer was at home all morning, no van came, yet LL-39902 shows delivered at 10:05. A corner sofa is hard "
          + "to "
          + "overlook, she says. Wants a call back today.", expect: .handOff("not_received"))
      story.ticketIs(day(1, "15:05"), priority: "urgent")
    }
    book.tell("no-scan-for-days", 20483, "Tom Ashdown", "tom.ashdown@post.example", .ukSouth, "en") { story in
      story.order("LL-39960", day(-6, "09:30"), [.hikingBoots], promised: day(3))
      story.becomes(.inTransit, day(-5, "02:40"), eta: day(3, "18:00"), by: .nordPost)
      story.ticket(
        day(2, "10:20"), .email, "LL-39960 tracking frozen",
        "Hi, the tracking for LL-39960 has shown the same depot since last Tuesday. I know it's not due till tomorrow "
          + "but "
          + "a week without a scan can't be right? Tom", expect: .handOff("no_scan"))
    }
    book.tell("seit-tagen-kein-scan", 20484, "Fabian Roth", "f.roth@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-39963", day(-5, "08:00"), [.tent, .sleepingBag], promised: day(4))
      story.becomes(.inTransit, day(-4, "03:45"), eta: day(4, "18:00"), by: .nordPost)
      story.ticket(
        day(3, "13:25"), .web, "Sendung bewegt sich nicht",
        "Letzter Scan war am 28.10. in Hamburg, seitdem nichts. Ist das Paket LL-39963 verloren gegangen?",
        orders: ["LL-39963"], expect: .handOff("no_scan"))
    }
    return book
  }
}
