import Events

extension Stories {
  /// Invoices, coupons, products, the website, newsletters, praise.
  static func theShop() -> [Story] {
    var book: [Story] = []
    book.tell("vat-invoice", 20661, "Accounts, Pell & Daughters", "accounts@pell.example", .ukSouth, "en") { story in
      story.order("LL-39970", day(-6, "10:05"), [.deskLamp.times(6)], promised: day(-1))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(2, "09:15"), .email, "VAT invoice LL-39970",
        "Please send a VAT invoice for LL-39970 made out to Pell & Daughters Ltd, not to Mrs Pell. Our reference "
          + "PO-2281.",
        expect: .handOff("invoice"))
    }
    book.tell("rechnung-fehlt", 20662, "Katharina Maurer", "k.maurer@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-39973", day(-7, "14:30"), [.espressoMaker], promised: day(-2))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(3, "10:50"), .web, "Rechnung",
        "Im Paket lag keine Rechnung. Können Sie mir die zu LL-39973 als PDF "
          + "schicken?",
        orders: ["LL-39973"], expect: .handOff("invoice"))
    }
    book.tell("facture-svp", 20663, "Lucas Fontaine", "lucas.fontaine@courriel.example", .euWest, "fr") { story in
      story.ticket(
        day(4, "16:10"), .chat, "slt il me faudrait une facture pour la garantie d'une cocotte achetée en mars svp",
        expect: .handOff("invoice"))
    }
    book.tell("code-refused", 20664, "Bryony Tate", "bryony.tate@post.example", .ukSouth, "en") { story in
      story.ticket(
        day(1, "17:22"), .chat, "AUTUMN15 keeps saying not valid but the email says till sunday 8th???",
        expect: .handOff("coupon"))
      story.ticketIs(day(1, "17:40"), .solved)
    }
    book.tell("gutschein", 20665, "Wolfgang Eder", "w.eder@briefkasten.example", .euCentral, "de") { story in
      story.ticket(
        day(2, "18:20"), .email, "Gutschein zu Weihnachten",
        "Ich habe einen Geschenkgutschein über 50 Euro, doch beim Bezahlen wird der Code nicht angenommen. Was mache "
          + "ich falsch?",
        expect: .handOff("coupon"))
    }
    book.tell("cupon-bienvenida", 20666, "Noelia Campos", "noelia.campos@correo.example", .euSouth, "es") { story in
      story.ticket(
        day(5, "12:05"), .web, "Cupón de bienvenida",
        "El cupón de bienvenida del 10 % no me funciona en el móvil. ¿Ha "
          + "caducado?",
        expect: .handOff("coupon"))
    }
    book.tell("induction-hob", 20667, "Arthur Penrose", "arthur.penrose@post.example", .ukSouth, "en") { story in
      story.ticket(
        day(1, "14:02"), .web, "Cast iron pan",
        "Does the 28 cm pan work on an induction hob, and does the handle get "
          + "hot?",
        expect: .handOff("product_question"))
    }
    book.tell("veganes-wachs", 20668, "Lilli Sonnenberg", "lilli@briefkasten.example", .euCentral, "de") { story in
      story.ticket(
        day(3, "16:55"), .social, "huhu 🌿 gibts die kerzen auch ohne bienenwachs? bin vegan",
        expect: .handOff("product_question"))
    }
    book.tell("back-in-stock", 20669, "Dana Whitfield", "dana.whitfield@post.example", .usEast, "en") { story in
      story.ticket(
        day(4, "17:30"), .email, "Heather throw",
        "When is the heather throw back in stock? It's been sold out since September. I need two, ideally three.",
        expect: .handOff("product_question"))
    }
    book.tell("checkout-spins", 20670, "Elliot Barnes", "elliot.barnes@post.example", .ukSouth, "en") { story in
      story.ticket(
        day(2, "19:30"), .web, "Checkout broken",
        "On step 3 the pay button just spins. Firefox 144 on a Mac, also tried a private window, console says "
          + "something about "
          + "a 502. Basket is still there. Thought you'd want to know.", expect: .handOff("website"))
    }
    book.tell("page-blanche", 20671, "Yann Le Goff", "yann.legoff@courriel.example", .euWest, "fr") { story in
      story.ticket(
        day(5, "10:20"), .chat, "votre site affiche une page blanche quand je clique sur le panier",
        expect: .handOff("website"))
    }
    book.tell("reset-mail-missing", 20672, "Phyllis Grange", "phyllis.grange@post.example", .ukSouth, "en") { story in
      story.ticket(
        day(3, "10:25"), .email, "cannot get in",
        "Dear Sir or Madam I have forgotten my password and asked for a new one four times but no e-mail comes not "
          + "even in the "
          + "junk. My grandson looked too. Yours sincerely P Grange (Mrs)", expect: .handOff("account_access"))
    }
    book.tell("gesperrt", 20673, "Okan Yıldız", "okan.yildiz@briefkasten.example", .euCentral, "de") { story in
      story.ticket(
        day(4, "12:50"), .chat, "Konto gesperrt nach 5 Versuchen, wie komm ich wieder rein?",
        expect: .handOff("account_access"))
    }
    book.tell("no-more-newsletters", 20674, "Gerald Fitch", "gerald.fitch@post.example", .ukSouth, "en") { story in
      story.ticket(
        day(2, "07:05"), .email, "Re: 10 ways to layer your home this November",
        "unsubscribe", expect: .handOff("newsletter").or(.clarify))
    }
    book.tell("demasiados-correos", 20679, "Amparo Gil", "amparo.gil@correo.example", .euSouth, "es") { story in
      story.ticket(
        day(4, "08:05"), .email, "Baja del boletín",
        "Me he dado de baja tres veces del boletín y me siguen llegando correos todos los días. Por favor, quítenme de "
          + "la "
          + "lista de una vez.", expect: .handOff("newsletter"))
    }
    book.tell("candle-subscription", 20675, "Marisol Trent", "marisol.trent@post.example", .usEast, "en") { story in
      story.ticket(
        day(3, "21:40"), .web, "Candle club",
        "I'd like to stop the monthly candle box after the November one. Love them, I simply have enough candles to "
          + "light a "
          + "cathedral.", expect: .handOff("subscription"))
    }
    book.tell("praise-for-the-driver", 20676, "Sheila Montague", "sheila.montague@post.example", .ukNorth, "en") {
      story in
      story.order("LL-40400", day(-3, "08:50"), [.castIronPan], promised: day(1))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(1, "13:45"), .email, "Your driver",
        "Just a note to say that the young man who brought my pan on Saturday carried it up four floors and would not "
          + "hear of a "
          + "tip. Please tell his boss. The pan is splendid too. Sheila Montague (81)", expect: .silence.or(.handOff))
    }
    book.tell("lob", 20677, "Familie Engel", "familie.engel@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40403", day(-4, "17:15"), [.kidsWellies.times(2)], promised: day(0))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(2, "19:40"), .social,
        "Die gelben Gummistiefel sind der Hit, die Zwillinge wollen sie nicht mal im Bett "
          + "ausziehen 😂 Danke!!",
        expect: .silence.or(.handOff))
    }
    book.tell("thanks-only", 20678, "Joan Pickering", "joan.pickering@post.example", .ukSouth, "en") { story in
      story.order("LL-40406", day(-2, "09:50"), [.scarf], promised: day(2))
      story.runs(.nordPost, through: .delivered)
      story.ticket(day(3, "09:00"), .sms, "It's arrived, thank you, beautiful colour x", expect: .silence.or(.handOff))
    }
    return book
  }

  /// Languages that the machine does not answer in, and those that mix them.
  static func otherLanguages() -> [Story] {
    var book: [Story] = []
    book.tell("waar-blijft-het", 20691, "Sanne de Wit", "sanne.dewit@post.example", .euWest, "nl") { story in
      story.order("LL-40421", day(0, "14:20"), [.duvetSet], promised: day(5))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(2, "10:15"), .web, "Bestelling LL-40421",
        "Goedemorgen, wanneer kan ik mijn dekbedovertrek verwachten? Ik ben donderdag de hele dag niet thuis.",
        orders: ["LL-40421"], expect: .handOff("other_language"))
    }
    book.tell("kapotte-mok", 20692, "Joost Verhoeven", "joost.v@post.example", .euWest, "nl") { story in
      story.order("LL-39980", day(-5, "10:20"), [.mug], promised: day(-1))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(3, "14:40"), .email, "kapotte mok",
        "hoi, de mok uit LL-39980 kwam in twee stukken aan. krijg ik een "
          + "nieuwe? groetjes joost",
        expect: .handOff("other_language"))
    }
    book.tell("gdzie-paczka", 20693, "Agnieszka Wrona", "a.wrona@post.example", .euCentral, "pl") { story in
      story.order("LL-40424", day(1, "08:00"), [.linenShirt], promised: day(5))
      story.runs(.swiftShip, through: .inTransit)
      story.ticket(
        day(2, "14:15"), .email, "Gdzie jest moja paczka?",
        "Dzień dobry, kiedy mogę się spodziewać przesyłki LL-40424? Z góry dziękuję za odpowiedź. Agnieszka Wrona",
        expect: .handOff("other_language"))
    }
    book.tell("dove-si-trova", 20694, "Matteo Ricci", "matteo.ricci@post.example", .euSouth, "it") { story in
      story.order("LL-40427", day(1, "10:35"), [.espressoMaker, .mug.times(2)], promised: day(4))
      story.runs(.swiftShip, through: .inTransit)
      story.becomes(.delayed, day(3, "06:25"), eta: day(5, "18:00"))
      story.ticket(
        day(3, "18:05"), .chat,
        "buonasera, dove si trova il mio ordine LL-40427? doveva arrivare domani e il tracking "
          + "è fermo",
        expect: .handOff("other_language"))
    }
    book.tell("devolucao", 20695, "Beatriz Nogueira", "beatriz.n@post.example", .euSouth, "pt") { story in
      story.order("LL-39983", day(-8, "11:45"), [.silkDress], promised: day(-3))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(2, "16:45"), .email, "Devolução do vestido",
        "Boa tarde, gostaria de devolver o vestido da encomenda LL-39983 porque me fica largo. Como devo proceder? "
          + "Obrigada, "
          + "Beatriz", expect: .handOff("other_language"))
    }
    book.tell("siparisim-nerede", 20696, "Elif Aydın", "elif.aydin@post.example", .euCentral, "tr") { story in
      story.order("LL-40430", day(0, "09:05"), [.linenCurtains], promised: day(5))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(2, "08:55"), .chat, "Merhaba, LL-40430 numaralı siparişim ne zaman gelir acaba? Teşekkürler",
        expect: .handOff("other_language"))
    }
    book.tell("todoku-hi", 20697, "森下 彩", "a.morishita@post.example", .japan, "ja") { story in
      story.order("LL-40433", day(-5, "07:10"), [.photoFrame, .candleSet], promised: day(6))
      story.becomes(.shipped, day(-3, "12:00"), eta: day(5, "09:00"), by: .nordPost)
      story.becomes(.inTransit, day(1, "02:15"))
      story.ticket(
        day(3, "03:20"), .web, "お届け日について",
        "お世話になっております。注文番号LL-40433の商品は、いつ頃届く予定でしょうか。贈り物ですので、金曜日までに受け取れると助かります。よろしくお願いいたします。",
        orders: ["LL-40433"], expect: .handOff("other_language"))
    }
    book.tell("spanglish", 20698, "Xiomara Delgado", "xiomara.d@post.example", .usEast, "es") { story in
      story.order("LL-40436", day(2, "11:40"), [.kidsWellies], promised: day(6))
      story.runs(.parcelWay, through: .inTransit)
      story.ticket(
        day(3, "18:30"), .sms,
        "hola quick question, mi order LL-40436 de las botitas, is it still coming el viernes? thx mil gracias",
        expect: .resolve.or(.handOff, .clarify))
    }
    book.tell("denglisch", 20699, "Kevin Yilmaz", "kevin.y@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40439", day(2, "09:35"), [.headTorch], promised: day(6))
      story.runs(.swiftShip, through: .inTransit)
      story.ticket(
        day(3, "20:45"), .social,
        "yo leute my parcel LL-40439 stuck oder was, delivery date please bin grad ready für "
          + "den trip",
        expect: .resolve.or(.handOff, .clarify))
    }
    book.tell("ukrainian-and-a-translator", 20700, "Олена Шевчук", "olena.sh@post.example", .euCentral, "uk") { story in
      story.order("LL-40442", day(1, "11:50"), [.sleepingBag], promised: day(6))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(2, "18:15"), .email, "LL-40442",
        "Добрий день! Підкажіть, будь ласка, коли приїде спальник. (translated: when come the sleeping bag please)",
        expect: .handOff("other_language").or(.resolve))
    }
    return book
  }
}
