import Events

extension Stories {
  /// Money that shall go back, or is on its way back.
  static func refunds() -> [Story] {
    var book: [Story] = []
    book.tell("small-refund", 20601, "Megan Frith", "megan.frith@post.example", .ukSouth, "en") { story in
      story.order("LL-39910", day(-6, "09:15"), [.mug.times(2), .woolSocks], promised: day(-2))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(1, "12:35"), .web, "Refund for one mug",
        "One of the two mugs in LL-39910 has a chip in the rim. Could I have the £14.50 back? I'll keep the other one, "
          + "it's "
          + "lovely.", orders: ["LL-39910"], expect: .handOff("refund"))
      story.ticketIs(day(1, "13:05"), .open, queue: "billing", assignee: "mei")
      story.refunds("completed", day(1, "13:10"), cents: 14_50)
      story.ticketIs(day(1, "13:11"), .solved)
      story.writes(day(1, "19:20"), "Got the confirmation, all good now, thanks!", expect: .silence)
      story.rates(day(1, "19:22"), stars: 5)
    }
    book.tell("dinero-de-vuelta", 20602, "Carmen Aguilar", "carmen.aguilar@correo.example", .euSouth, "es") { story in
      story.order("LL-39913", day(-7, "10:40"), [.pillow], promised: day(-3))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(2, "19:05"), .chat, "Quiero que me devuelvan el dinero de la almohada, no es firme para nada. LL-39913",
        expect: .handOff("refund"))
    }
    book.tell("price-drop", 20603, "Nisha Patel", "nisha.patel@post.example", .ireland, "en") { story in
      story.order("LL-40351", day(-1, "11:55"), [.rainJacket], promised: day(3))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(2, "07:15"), .email, "Jacket 30% cheaper today",
        "I bought the Tarn jacket on Saturday for 129 and today it's 89. Seriously? I'd like the difference back "
          + "please. "
          + "LL-40351.", expect: .handOff("refund"))
    }
    book.tell("sofa-refund", 20604, "Adrian Holloway", "adrian.holloway@post.example", .ukSouth, "en", tier: "vip") {
      story in
      story.order("LL-39800", day(-20, "09:00"), [.cornerSofa], promised: day(-5))
      story.becomes(.delivered, day(-6, "11:20"), by: .swiftShip)
      story.ticket(
        day(1, "18:25"), .email, "Fjell sofa, full refund",
        """
        Good evening,

        I write about the Fjell corner sofa in charcoal, order LL-39800, £1,890, which your people carried in a week \
        ago today.

        The first evening was a pleasure. On the third the left-hand seat began to lean, and after seven days it has \
        sunk by a good four centimetres. I measured it with a spirit level and have attached the photographs. I \
        telephoned twice. The first gentleman suggested that I turn the cushions. The second offered to send a \
        technician in December and said that "they do settle". I have furnished houses for thirty years, and sofas at \
        this price settle by millimetres.

        I do not want a repair, a voucher or a discount. I should like you to collect it, on any weekday before ten, \
        and to return the full amount to the card I paid with.

        I am not cross, only disappointed, and would buy the oak table from you tomorrow.

        Kind regards
        Adrian Holloway
        Holloway Interiors
        """, expect: .handOff("refund"))
      story.ticketIs(day(1, "18:50"), .open, queue: "billing", priority: "high")
      story.agentSays(day(2, "08:30"), .handoffVerdict, "needed")
    }
    book.tell("rueckzahlung-tisch", 20605, "Prof. Gudrun Hartmann", "g.hartmann@uni.example", .euCentral, "de") {
      story in
      story.order("LL-39805", day(-12, "10:20"), [.oakTable], promised: day(-5))
      story.becomes(.delivered, day(-5, "10:10"), by: .nordPost)
      story.ticket(
        day(3, "08:40"), .email, "Rückabwicklung LL-39805",
        "Der Tisch weist einen durchgehenden Riss auf. Ich bitte um Abholung und Erstattung des Kaufpreises von 945,00 "
          + "Euro "
          + "auf das hinterlegte Konto.", expect: .handOff("refund"))
    }
    book.tell("refund-came-through", 20606, "Joel Ackerman", "joel.ackerman@post.example", .usEast, "en") { story in
      story.order("LL-39915", day(-10, "13:30"), [.hikingBoots], promised: day(-5))
      story.becomes(.returned, day(-2, "15:00"), by: .parcelWay)
      story.refunds("completed", day(0, "16:20"))
      story.ticket(
        day(1, "17:05"), .chat, "hey did my refund for the boots go thru yet? LL-39915", expect: .resolve)
      story.writes(day(1, "17:08"), "sweet thx", expect: .silence)
    }
    book.tell("erstattung-erledigt", 20607, "Lena Fuchs", "lena.fuchs@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-39918", day(-9, "09:50"), [.linenShirt.times(2)], promised: day(-4))
      story.becomes(.returned, day(-1, "11:00"), by: .nordPost)
      story.refunds("completed", day(1, "08:20"))
      story.ticket(
        day(2, "10:55"), .web, "Stand der Erstattung",
        "Hallo, ich habe die Hemden aus LL-39918 zurückgeschickt. Ist die Erstattung schon raus? Danke, Lena",
        orders: ["LL-39918"], expect: .resolve)
      story.rates(day(2, "11:10"), stars: 5)
    }
    book.tell("remboursement-fait", 20608, "Agathe Perrin", "agathe.perrin@courriel.example", .euWest, "fr") { story in
      story.order("LL-39921", day(-8, "08:15"), [.castIronPan], promised: day(-4))
      story.becomes(.cancelled, day(-7, "09:00"))
      story.refunds("completed", day(-5, "10:00"))
      story.ticket(
        day(2, "15:35"), .email, "Remboursement LL-39921",
        "Bonjour, pouvez-vous me confirmer que la commande LL-39921 que j'avais annulée a bien été remboursée ? C'est "
          + "pour mes "
          + "comptes. Merci !", expect: .resolve)
    }
    book.tell("refund-still-pending", 20609, "Dominic Shaw", "dominic.shaw@post.example", .ukSouth, "en") { story in
      story.order("LL-39924", day(-12, "12:50"), [.backpack], promised: day(-7))
      story.becomes(.returned, day(-4, "12:00"), by: .urbanCourier)
      story.refunds("pending", day(-4, "12:30"))
      story.ticket(
        day(3, "10:05"), .email, "Refund LL-39924",
        "Hi, I sent the backpack back ages ago and your site says refund pending since last Wednesday. When will I see "
          + "the money?",
        expect: .handOff("refund"))
    }
    book.tell("abono-pendiente", 20610, "Raquel Montoro", "raquel.montoro@correo.example", .euSouth, "es") { story in
      story.order("LL-39927", day(-10, "09:30"), [.silkDress], promised: day(-5))
      story.becomes(.returned, day(-3, "10:30"), by: .parcelWay)
      story.refunds("failed", day(1, "07:00"))
      story.ticket(
        day(1, "18:50"), .chat, "buenas, devolví el vestido y no me ha llegado el reembolso. LL-39927",
        expect: .handOff("refund"))
    }
    return book
  }

  /// Orders that shall not be, or shall go elsewhere.
  static func changes() -> [Story] {
    var book: [Story] = []
    book.tell("cancel-in-time", 20621, "Katie Marlowe", "katie.marlowe@post.example", .ukSouth, "en") { story in
      story.order("LL-40361", day(1, "09:10"), [.bookcase], promised: day(6))
      story.runs(.parcelWay, through: .processing)
      story.ticket(
        day(1, "10:58"), .chat, "hi can i cancel LL-40361 please, just measured the alcove and it wont fit 🙈",
        expect: .handOff("cancel"))
      story.ticketIs(day(1, "11:06"), .open, assignee: "mei")
      story.becomes(.cancelled, day(1, "11:08"))
      story.refunds("pending", day(1, "11:09"))
      story.agentWrites(day(1, "11:10"), "Done, Katie! Money's back in three to five days.")
      story.writes(day(1, "11:11"), "amazing thank u x", expect: .silence)
      story.refunds("completed", day(4, "08:00"))
    }
    book.tell("storno-bitte", 20622, "Holger Dietz", "holger.dietz@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40364", day(2, "13:20"), [.electricKettle], promised: day(6))
      story.runs(.nordPost, through: .confirmed)
      story.ticket(
        day(2, "13:50"), .email, "Stornierung",
        "Bitte stornieren Sie die Bestellung LL-40364, meine Frau hat heute denselben Wasserkocher gekauft. Gruß, H. "
          + "Dietz",
        expect: .handOff("cancel"))
    }
    book.tell("cancel-too-late", 20623, "Ravi Menon", "ravi.menon@post.example", .ukSouth, "en") { story in
      story.order("LL-40367", day(0, "11:05"), [.hammock], promised: day(4))
      story.runs(.parcelWay, through: .inTransit)
      story.ticket(
        day(1, "15:12"), .web, "Cancel order",
        "Please cancel LL-40367, I changed my mind. If it's already on the way can the driver just take it back?",
        orders: ["LL-40367"], expect: .handOff("cancel"))
    }
    book.tell("annuler-expedie", 20624, "Mathilde Blanc", "mathilde.blanc@courriel.example", .euWest, "fr") { story in
      story.order("LL-40370", day(1, "12:15"), [.wineGlasses], promised: day(5))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(2, "16:20"), .chat, "Bonjour je voudrais annuler ma commande LL-40370, je l'ai passée en double par erreur",
        expect: .handOff("cancel"))
    }
    book.tell("new-flat", 20625, "Imogen Hale", "imogen.hale@post.example", .ukSouth, "en") { story in
      story.order("LL-40373", day(1, "12:50"), [.duvetSet, .linenCurtains], promised: day(6))
      story.runs(.urbanCourier, through: .processing)
      story.ticket(
        day(1, "14:25"), .email, "Monday madness",
        """
        Hello lovely people,

        What a weekend. We finally moved on Saturday, three friends and a van with a flat tyre, and I'm writing this \
        from the floor because the chairs are somewhere under the boxes. The cat has been in the wardrobe since Sunday \
        and only comes out for tuna. Anyway, I treated us to new bedding and curtains over lunch (LL-40373) and of \
        course my fingers were faster than my head and it all went in with the old flat, so could you please send it \
        to 9 Orchard Row instead, same town? It says "processing", so I hope it's still with you. The new bedroom has \
        enormous windows and the neighbours have already waved twice, so you can imagine that the curtains are not \
        only for decoration!

        If you ever come through, there's tea. As soon as I find the kettle.

        Imogen x
        """, expect: .handOff("address_change"))
      story.ticketIs(day(1, "14:50"), .solved)
    }
    book.tell("cambio-de-direccion", 20626, "Elena Bravo", "elena.bravo@correo.example", .euSouth, "es") { story in
      story.order("LL-40376", day(0, "12:40"), [.rug], promised: day(5))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(1, "20:20"), .web, "Cambiar dirección de entrega",
        "El paquete LL-40376 ya ha salido pero esta semana estoy en casa de mis padres. ¿Lo pueden desviar a Calle "
          + "Mayor 12, "
          + "Alcalá?", orders: ["LL-40376"], expect: .handOff("address_change"))
    }
    book.tell("leave-it-at-work", 20627, "Owen Bright", "owen.bright@post.example", .ukNorth, "en") { story in
      story.order("LL-40379", day(2, "10:30"), [.kettle], promised: day(6))
      story.runs(.swiftShip, through: .inTransit)
      story.ticket(
        day(3, "11:15"), .sms, "can u redirect LL-40379 to my work pls, 3 Canal St, nobody home til sat",
        expect: .handOff("address_change"))
    }
    // Two requests in one: the first could be answered, the second not.
    book.tell("where-and-also", 20628, "Stella Novak", "stella.novak@post.example", .euCentral, "en") { story in
      story.order("LL-40382", day(1, "09:45"), [.merinoSweater], promised: day(5))
      story.order("LL-39930", day(-8, "09:00"), [.linenShirt], promised: day(-4))
      story.runs(.nordPost, through: .delivered, of: "LL-39930")
      story.runs(.nordPost, through: .inTransit, of: "LL-40382")
      story.ticket(
        day(2, "12:10"), .email, "two things",
        """
        Hi! Two things:
        1. When will the sweater (LL-40382) arrive?
        2. The shirt from LL-39930 is too big. I want to send it back and get a medium.
        Thanks, Stella
        """, expect: .handOff("return"))
    }
    return book
  }

  /// What came was wrong, broken, not all of it, or not liked.
  static func goods() -> [Story] {
    var book: [Story] = []
    book.tell("someone-elses-wellies", 20641, "Hattie Woodrow", "hattie.woodrow@post.example", .ukSouth, "en") {
      story in
      story.order("LL-39935", day(-4, "10:15"), [.merinoSweater], promised: day(0))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(1, "09:20"), .web, "Wrong item",
        "Ordered a sweater (LL-39935), opened the box, found a pair of tiny yellow wellies. Adorable but not my size 😄 "
          + "What "
          + "shall I do with them?", orders: ["LL-39935"], expect: .handOff("wrong_item"))
      story.ticketIs(day(1, "10:00"), .open, queue: "returns", assignee: "mei")
      story.agentWrites(
        day(1, "10:06"), "Oh no! A label for the wellies is attached and your sweater leaves today. Mei")
      story.ticketIs(day(1, "10:07"), .solved)
    }
    book.tell("falsche-farbe", 20642, "Bernd Schuster", "b.schuster@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-39938", day(-5, "12:10"), [.woolThrow], promised: day(-1))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(1, "15:50"), .email, "Falsche Ware",
        "bestellt: Decke heidefarben\ngeliefert: Decke giftgrün\nBestellnr. LL-39938\nbitte um Austausch",
        expect: .handOff("wrong_item"))
    }
    book.tell("zip-broken", 20643, "Louise Chambers", "lou.chambers@post.example", .ireland, "en") { story in
      story.order("LL-39941", day(-7, "11:30"), [.tent], promised: day(-2))
      story.runs(.swiftShip, through: .delivered)
      story.ticket(
        day(2, "20:50"), .chat,
        "zip on the inner tent split first time i closed it. LL-39941. gutted tbh, away again "
          + "in 2 weeks",
        expect: .handOff("defective"))
    }
    book.tell("lampe-flackert", 20644, "Nadia Belkacem", "nadia.belkacem@courriel.example", .euWest, "fr") { story in
      story.order("LL-39944", day(-6, "13:40"), [.floorLamp], promised: day(-1))
      story.runs(.urbanCourier, through: .delivered)
      story.ticket(
        day(3, "18:15"), .web, "Lampe défectueuse",
        """
        Bonjour,

        J'ai reçu mercredi dernier le lampadaire en laiton (commande LL-39944). Il est magnifique, mon salon n'a \
        jamais été aussi beau, pendant dix minutes exactement : ensuite il clignote, puis il s'éteint. J'ai essayé \
        trois ampoules différentes, deux prises, et même la prise de ma voisine du dessous, qui est électricienne à la \
        retraite et qui soupçonne l'interrupteur au pied. Elle m'a interdit de l'ouvrir moi-même.

        Que dois-je faire ? Je préférerais un échange, mais une réparation me conviendrait aussi.

        Merci d'avance,
        Nadia Belkacem
        """, orders: ["LL-39944"], expect: .handOff("defective"))
    }
    book.tell("one-pillow-short", 20645, "Graham Ellis", "graham.ellis@post.example", .ukSouth, "en") { story in
      story.order("LL-39947", day(-4, "09:25"), [.pillow.times(4)], promised: day(0))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(2, "09:05"), .email, "LL-39947 incomplete",
        "Four pillows on the invoice, three in the parcel. Where is the fourth?\n\nG. Ellis",
        expect: .handOff("missing_item"))
    }
    book.tell("faltan-tornillos", 20646, "Hugo Benítez", "hugo.benitez@correo.example", .euSouth, "es") { story in
      story.order("LL-39950", day(-8, "16:10"), [.bookcase], promised: day(-2))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(3, "20:30"), .chat,
        "me faltan los tornillos y una balda de la estantería LL-39950, tengo medio salón por "
          + "el suelo jaja",
        expect: .handOff("missing_item"))
    }
    book.tell("too-small", 20647, "Freya Sandberg", "freya.sandberg@post.example", .euNorth, "en") { story in
      story.order("LL-39953", day(-6, "10:45"), [.hikingBoots], promised: day(-1))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(2, "17:50"), .web, "Exchange size 39 to 40",
        "Boots are beautiful but pinch at the toe. Can I swap for a "
          + "40? Unworn.",
        orders: ["LL-39953"], expect: .handOff("exchange"))
      story.ticketIs(day(2, "18:20"), .pending, queue: "returns", assignee: "mei")
      story.becomes(.returning, day(4, "12:00"))
    }
    book.tell("how-to-return", 20648, "Colin Merriweather", "c.merriweather@post.example", .ukSouth, "en") { story in
      story.order("LL-39956", day(-9, "15:20"), [.linenCurtains], promised: day(-4))
      story.runs(.urbanCourier, through: .delivered)
      story.ticket(
        day(4, "11:25"), .email, "The curtains and the windows",
        """
        Good morning,

        My wife and I have lived in this house since 1981 and I would have sworn on oath that I knew the height of our \
        own windows. It turns out that I measured the ones in the dining room, which were put in by a different \
        builder, and the curtains are for the sitting room, so they stop four inches above the sill like a boy who has \
        outgrown his trousers. They are very good curtains and the fault is all mine.

        How do I send them back, and do I have to pay the postage? It is order LL-39956. They have been hung up once, \
        for about ten minutes, until we had finished laughing.

        While I am at it, do you make them in a longer drop?

        Colin Merriweather
        """, expect: .handOff("return"))
      story.agentSays(day(4, "13:00"), .handoffVerdict, "unneeded", reason: "faq")
    }
    book.tell("retourenschein", 20649, "Vanessa Klein", "vanessa.klein@briefkasten.example", .euCentral, "de") {
      story in
      story.order("LL-39959", day(-5, "19:30"), [.winterCoat], promised: day(0))
      story.runs(.swiftShip, through: .delivered)
      story.ticket(
        day(2, "21:05"), .chat, "brauche einen retourenschein für den mantel, LL-39959, passt leider nicht",
        expect: .handOff("return"))
    }
    book.tell("sarcastic-mug", 20650, "Imran Sheikh", "imran.sheikh@post.example", .ukSouth, "en") { story in
      story.order("LL-39962", day(-3, "12:30"), [.mug.times(6)], promised: day(0))
      story.runs(.swiftShip, through: .delivered)
      story.ticket(
        day(1, "19:10"), .social,
        "Huge thanks to @larchandloom for the 6 mug mosaic kit!! Didn't know I'd ordered one, thought I was getting "
          + "mugs. "
          + "Love the single sheet of newspaper as packaging, so minimalist 👏👏", expect: .handOff("defective"))
    }
    return book
  }
}
