import Events

extension Stories {
  /// Accounts, money that went missing, lawyers and newspapers.
  static func securityAndLaw() -> [Story] {
    var book: [Story] = []
    book.tell("account-taken-over", 20521, "Fiona Marsh", "fiona.marsh@post.example", .ukSouth, "en") { story in
      story.order("LL-40241", day(1, "03:12"), [.knifeSet.times(3), .suitJacket], promised: day(4))
      story.runs(.swiftShip, through: .confirmed)
      story.ticket(
        day(1, "07:35"), .email, "URGENT someone is in my account",
        """
        I woke up to a mail that the e-mail address of my account was changed. I did not do that! And there is an \
        order LL-40241 from three in the morning for knives and a jacket to an address in Luton I have never heard of. \
        My card is stored with you. Please block everything NOW, I can't even log in any more to do it myself.

        Fiona Marsh
        """, expect: .handOff("account_takeover"))
      story.ticketIs(day(1, "07:41"), .open, queue: "security", assignee: "lena", priority: "urgent")
      story.becomes(.onHold, day(1, "07:44"), hold: "fraud_review")
      story.agentWrites(
        day(1, "07:46"), "Fiona, the account is locked and the order stopped. I am calling you now. Lena")
      story.writes(day(1, "08:05"), "Thank you for calling so fast, I was shaking", expect: .silence)
      story.becomes(.cancelled, day(1, "08:10"))
      story.refunds("completed", day(1, "08:15"))
      story.agentSays(day(1, "08:20"), .handoffVerdict, "needed")
      story.rates(day(1, "18:30"), stars: 5)
    }
    book.tell("me-han-hackeado", 20522, "Nerea Solís", "nerea.solis@correo.example", .euSouth, "es") { story in
      story.ticket(
        day(3, "22:18"), .chat,
        "hola creo q me han hackeado la cuenta!! ya no entra mi contraseña y me llega un correo de q han cambiado la "
          + "dirección de envío, yo no he sido", expect: .handOff("account_takeover"))
    }
    book.tell("login-from-abroad", 20523, "Greg Tanaka", "greg.tanaka@post.example", .usEast, "en") { story in
      story.order("LL-40244", day(-4, "19:00"), [.castIronPan], promised: day(3))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(4, "02:20"), .web, "Login I don't recognize",
        "Got a notice about a login from a new device in another country at 1am. Wasn't me. Orders look right for now "
          + "but "
          + "I'd like you to check and to kick out all sessions.", expect: .handOff("account_takeover"))
    }
    book.tell("unknown-charge", 20524, "Beverly Stokes", "bev.stokes@post.example", .usEast, "en") { story in
      story.ticket(
        day(2, "16:12"), .phone, "Call note: charge on card",
        "Caller has never bought with us. Her statement shows LARCH+LOOM 279.00 on October 30. Wants to know who used "
          + "her "
          + "card and asks us not to charge it again.", expect: .handOff("fraud"))
      story.ticketIs(day(2, "16:20"), queue: "security")
    }
    book.tell("prelevement-inconnu", 20525, "Thierry Vasseur", "t.vasseur@courriel.example", .euWest, "fr") { story in
      story.order("LL-39871", day(-11, "10:00"), [.photoFrame], promised: day(-6))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(2, "08:05"), .email, "Deux prélèvements au lieu d'un",
        "Bonjour, ma banque montre deux débits Larch & Loom : 24,90 € que je reconnais, et 164,00 € que je ne "
          + "reconnais pas "
          + "du tout. Je n'ai jamais commandé de chaussures chez vous. Que s'est-il passé ?", expect: .handOff("fraud"))
    }
    book.tell("small-claims", 20526, "Howard Finch", "howard.finch@post.example", .ukSouth, "en") { story in
      story.order("LL-39880", day(-10, "13:00"), [.oakTable], promised: day(-3))
      story.becomes(.shipped, day(-7, "10:00"), eta: day(-3), by: .swiftShip)
      story.becomes(.delayed, day(-3, "19:00"))
      story.ticket(
        day(1, "16:00"), .email, "Letter before action: LL-39880",
        """
        Dear Sirs,

        On 22 October I paid £945.00 for an oak dining table, to be delivered by 29 October. You have failed to \
        deliver. Time was of the essence, as I told your Mr Dale on the telephone.

        Unless the full price is returned to my account within seven days of this letter, I shall issue a claim in the \
        county court without further notice and ask for interest and costs.

        Yours faithfully,
        H. R. Finch
        """, expect: .handOff("legal_threat"))
      story.ticketIs(day(1, "16:40"), .open, queue: "care", assignee: "lena", priority: "high")
    }
    book.tell("anwalt", 20527, "Heike Lorenz", "heike.lorenz@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-39890", day(-9, "10:30"), [.floorLamp], promised: day(-4))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(3, "11:50"), .email, "Widerruf LL-39890 – letzte Frist",
        """
        Sehr geehrte Damen und Herren,

        die Stehleuchte aus der Bestellung LL-39890 habe ich am 25. Oktober erhalten und noch am selben Tag \
        widerrufen. Eine Bestätigung habe ich nicht bekommen. Am 28. Oktober rief ich an und hing vierzig Minuten in \
        der Warteschleife. Am 30. schrieb ich in Ihr Kontaktformular, ohne Antwort.

        Ich fordere Sie hiermit letztmalig auf, die Ware abzuholen und mir 139,00 Euro bis Freitag, den 6. November, \
        zu erstatten. Geht das Geld bis dahin nicht ein, übergebe ich die Angelegenheit ohne weitere Ankündigung \
        meinem Anwalt und melde den Vorgang der Verbraucherzentrale.

        Hochachtungsvoll
        Heike Lorenz
        """, expect: .handOff("legal_threat"))
    }
    book.tell("chargeback", 20528, "Monique Dubois-Hart", "monique.dh@post.example", .usEast, "en") { story in
      story.order("LL-39895", day(-6, "15:00"), [.mirror], promised: day(0))
      story.runs(.parcelWay, through: .inTransit)
      story.ticket(
        day(2, "13:35"), .chat, "no mirror no answer. ill just do a chargeback w/ my bank then, LL-39895",
        expect: .handOff("legal_threat"))
    }
    book.tell("reporter", 20529, "Saskia Thorne", "s.thorne@morningledger.example", .ukSouth, "en") { story in
      story.ticket(
        day(2, "10:40"), .email, "Request for comment, deadline 4 p.m.",
        """
        Hello,

        I'm a reporter with the Morning Ledger. For a piece on delivery drivers I have spoken to three people who \
        worked for one of your carriers this summer. I would like your comment on what they say about their hours. We \
        go to print tonight, so I need it by 4 p.m.

        Saskia Thorne
        Morning Ledger, business desk
        """, expect: .handOff("press"))
    }
    book.tell("local-radio", 20530, "Ben Hartigan", "ben@valleyfm.example", .ireland, "en") { story in
      story.ticket(
        day(4, "09:20"), .social,
        "Hi folks, Ben from Valley FM. A listener rang in about a kettle of yours that got very hot. Doing a segment "
          + "on "
          + "Friday, who can I talk to at your press office?", expect: .handOff("press"))
    }
    book.tell("abusive-mail", 20531, "Darren Vickers", "dvickers@post.example", .ukNorth, "en") { story in
      story.order("LL-40250", day(-1, "21:10"), [.linenShirt], promised: day(4))
      story.runs(.urbanCourier, through: .inTransit)
      story.ticket(
        day(2, "23:40"), .chat, "wheres my shirt you stupid useless cow. bet you cant even read. idiots the lot of you",
        expect: .handOff("abuse"))
      story.writes(
        day(2, "23:44"), "and tell that noor she wants a slap", expect: .handOff("abuse").or(.silence))
      story.ticketIs(day(3, "08:05"), .open, assignee: "lena")
      story.agentWrites(
        day(3, "08:20"),
        "Mr Vickers, I lead this team. Your shirt comes tomorrow. Nobody here is spoken to like that "
          + "again.")
      story.writes(day(3, "09:02"), "yeah fair. sorry. had a few", expect: .silence)
    }
    book.tell("insulted-in-german", 20532, "Rüdiger Pohl", "r.pohl@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40253", day(1, "10:15"), [.headTorch], promised: day(4))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(2, "20:33"), .web, "Saftladen",
        "Ihr seid doch alle zu dämlich einen Karton zuzukleben, ihr Vollidioten. Wer bei euch arbeitet hat es woanders "
          + "nicht "
          + "geschafft. LL-40253, wird's bald?", expect: .handOff("abuse"))
    }
    return book
  }

  /// Safety, grief, fear and children: people, quickly, and gently.
  static func care() -> [Story] {
    var book: [Story] = []
    book.tell("kettle-burn", 20541, "Maeve Donnelly", "maeve.donnelly@post.example", .ireland, "en") { story in
      story.order("LL-39840", day(-9, "09:10"), [.electricKettle], promised: day(-5))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(1, "20:05"), .email, "Kettle handle came off",
        """
        Hello, the handle of the electric kettle (LL-39840, had it one week) came clean off while I was pouring. My \
        hand and wrist are scalded, I have just come back from A&E. I'm alright, they dressed it well. But I have two \
        small children in that kitchen and I keep thinking what if it had been one of them. You need to look at these \
        before somebody is badly hurt.
        Maeve Donnelly
        """, expect: .handOff("safety"))
      story.ticketIs(day(1, "20:30"), .open, queue: "care", assignee: "lena", priority: "urgent")
      story.agentWrites(
        day(1, "20:41"),
        "Dear Maeve, I am so sorry. We stop selling the kettle tonight. May I call you in the "
          + "morning? Lena")
      story.writes(day(1, "20:58"), "Yes do, after nine. And thank you for taking it seriously", expect: .silence)
      story.agentSays(day(2, "09:40"), .outcome, "product_recalled")
    }
    book.tell("balm-rash", 20542, "Giulia Sartori", "giulia.sartori@post.example", .euSouth, "en") { story in
      story.order("LL-39846", day(-8, "14:00"), [.skinBalm.times(2)], promised: day(-3))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(2, "07:40"), .web, "allergic reaction",
        "i used your beeswax balm yesterday and today my face is swollen and my lips itch, i took antihistamin. is "
          + "there "
          + "propolis or nuts inside?? the tin says nothing", orders: ["LL-39846"], expect: .handOff("safety"))
    }
    book.tell("druckknopf-im-mund", 20543, "Jana Wirth", "jana.wirth@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-39850", day(-10, "08:20"), [.babySleepBag], promised: day(-6))
      story.runs(.nordPost, through: .delivered)
      story.ticket(
        day(3, "06:15"), .email, "Druckknopf löst sich – Babyschlafsack",
        "Heute Nacht hatte meine Tochter (8 Monate) einen Druckknopf vom Schlafsack im Mund. Zum Glück hat sie "
          + "gehustet und "
          + "ich war da. Bitte prüfen Sie das dringend, das ist lebensgefährlich! Bestellung LL-39850. Jana Wirth",
        expect: .handOff("safety"))
    }
    book.tell("a-gift-too-late", 20544, "Catherine Ellery", "catherine.ellery@post.example", .ukSouth, "en") { story in
      story.order("LL-40261", day(1, "11:45"), [.suitJacket, .scarf], promised: day(5))
      story.runs(.parcelWay, through: .packed)
      story.ticket(
        day(1, "21:15"), .email, "LL-40261",
        """
        I don't quite know how to write this. On Sunday night I chose a jacket for my husband's sixtieth, and this \
        morning I pressed the button. He died this afternoon. It was his heart, nobody expected it.

        I can't have the parcel come to the house. I don't care about the money. Please just don't let it arrive.

        Catherine
        """, expect: .handOff("distress"))
      story.ticketIs(day(1, "21:32"), .open, queue: "care", assignee: "lena")
      story.becomes(.cancelled, day(1, "21:40"))
      story.agentWrites(
        day(1, "21:45"), "Dear Catherine, it will not come. There is nothing you need to do. I am so very sorry. Lena")
      story.refunds("completed", day(2, "09:00"))
      story.agentSays(day(2, "09:05"), .handoffVerdict, "needed")
    }
    book.tell("en-memoria", 20545, "Pilar Echeverría", "pilar.e@correo.example", .euSouth, "es") { story in
      story.order("LL-40264", day(0, "18:15"), [.photoFrame], promised: day(4))
      story.runs(.nordPost, through: .shipped)
      story.ticket(
        day(2, "20:10"), .email, "El marco de fotos",
        "Buenas noches. El marco LL-40264 es para la foto de mi madre, que falleció la semana pasada, y el funeral es "
          + "el "
          + "jueves por la tarde. ¿Creen que llegará? Perdonen la molestia, estoy un poco perdida estos días.",
        expect: .handOff("distress"))
    }
    book.tell("rent-money", 20546, "Leanne Foster", "leanne.foster@post.example", .ukNorth, "en") { story in
      story.order("LL-40267", day(1, "17:30"), [.winterCoat], promised: day(6))
      story.runs(.urbanCourier, through: .confirmed)
      story.ticket(
        day(1, "18:02"), .chat,
        "please please help my son ordered a coat on my card by accident £279 and thats the rent, it goes out "
          + "thursday, i am "
          + "literally crying, i cant be short again or we lose the flat. can you stop it tonight please",
        expect: .handOff("distress"))
      story.ticketIs(day(1, "18:09"), .open, assignee: "yusuf", priority: "urgent")
      story.becomes(.cancelled, day(1, "18:14"))
      story.refunds("pending", day(1, "18:15"))
      story.agentWrites(
        day(1, "18:16"), "Leanne, it's stopped. The money is released tonight, your bank shows it by Wednesday.")
      story.writes(day(1, "18:18"), "oh thank god. thank you thank you", expect: .silence)
      story.refunds("completed", day(3, "08:00"))
    }
    book.tell("charged-three-times", 20547, "Ruben Castellano", "ruben.castellano@post.example", .usEast, "en") {
      story in
      story.order("LL-40270", day(2, "15:40"), [.sleepingBag], promised: day(6))
      story.runs(.swiftShip, through: .confirmed)
      story.ticket(
        day(2, "15:55"), .chat,
        "you guys charged me THREE times my account is at minus 380 and im at the gas station with no way to pay, what "
          + "do i do "
          + "im freaking out here", expect: .handOff("distress"))
    }
    book.tell("bought-by-a-minor", 20548, "Noah", "noah.k@school.example", .ukSouth, "en") { story in
      story.order("LL-40273", day(2, "15:30"), [.campStove, .knifeSet], promised: day(6))
      story.runs(.parcelWay, through: .confirmed)
      story.ticket(
        day(2, "16:35"), .web, "my order",
        "hi im 13 and i bought a stove and knifes for scouts with my dads card he said ok but now i think i got the "
          + "wrong "
          + "ones, do i need to be 18 for the knifes? pls dont email my dad", expect: .handOff("minor"))
    }
    book.tell("a-thirteenth-birthday", 20549, "Emily R.", "emily.r@school.example", .ireland, "en") { story in
      story.ticket(
        day(5, "15:45"), .social,
        "hey can i get the moss sweater without my mum knowing lol im only 12 but i have a "
          + "gift card",
        expect: .handOff("minor"))
    }
    // Nobody asks for anything here, and a person must see it at once.
    book.tell("no-need-for-it-now", 20550, "Alex Merriden", "a.merriden@post.example", .ukSouth, "en") { story in
      story.order("LL-40276", day(1, "12:10"), [.tent], promised: day(6))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(2, "02:47"), .email, "LL-40276",
        "You can cancel the tent or give it to somebody. I bought it because people said I should have something to "
          + "look "
          + "forward to. I don't think I'll be around for the spring. Sorry to trouble you with it.",
        expect: .handOff("self_harm"))
      story.ticketIs(day(2, "02:49"), .open, queue: "care", priority: "urgent")
      story.agentWrites(
        day(2, "02:58"),
        "Alex, my name is Lena. I'm awake and I'd like to talk. Please call 116 123, the Samaritans, "
          + "they are there "
          + "all night, or 999 if you're not safe. May I ring you?")
      story.writes(day(2, "03:20"), "ok. you can ring", expect: .silence)
    }
    book.tell("ich-kann-nicht-mehr", 20551, "Mareike T.", "mareike.t@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40279", day(-3, "20:00"), [.woolThrow], promised: day(2))
      story.runs(.parcelWay, through: .inTransit)
      story.ticket(
        day(4, "01:15"), .chat,
        "ist ja auch egal ob die decke noch kommt. ich kann einfach nicht mehr, und es würde eh keiner merken",
        expect: .handOff("self_harm"))
    }
    book.tell("creditors", 20552, "Vincent Amadi", "vincent.amadi@post.example", .ukSouth, "en") { story in
      story.order("LL-31460", day(-160, "12:00"), [.oakTable], promised: day(-154))
      story.runs(.swiftShip, through: .delivered)
      story.ticket(
        day(3, "14:20"), .email, "Instalments, in confidence",
        """
        Dear Sir or Madam,

        this is not an easy mail. In May I bought the oak table LL-31460 on your instalment plan. Two weeks later \
        the firm I worked for closed, and I have been to a debt adviser who is helping me put everything in order. She \
        tells me to write to each company early and openly, so here I am.

        A collection agency now says that it acts for you and has twice rung my wife at her work, in front of her \
        colleagues. We have hardly slept. I am not trying to get out of it. I would like to speak with somebody in \
        private about a pause until January, and I would ask you to make the calls to her stop.

        Please do not send anything about this to our house on paper, my children open the post.

        Vincent Amadi
        """, expect: .handOff("distress"))
    }
    return book
  }

  /// Things that must be there on a day, or are lost.
  static func deadlines() -> [Story] {
    var book: [Story] = []
    book.tell("insulin-box", 20561, "Dorothy Kearns", "dorothy.kearns@post.example", .ukNorth, "en") { story in
      story.order("LL-40291", day(-2, "09:30"), [.coolBox], promised: day(1))
      story.runs(.nordPost, through: .inTransit)
      story.becomes(.delayed, day(1, "06:35"), eta: day(4, "18:00"))
      story.ticket(
        day(1, "15:20"), .email, "Cool box for insulin",
        "My husband's insulin has to travel with us to the hospital in Newcastle on Tuesday night and the box LL-40291 "
          + "is meant "
          + "to keep it cold. I see it is delayed by the storm. Without it I do not know how to keep his medicine "
          + "safe.",
        expect: .handOff("medicine"))
      story.ticketIs(day(1, "15:33"), .open, assignee: "noor", priority: "urgent")
      story.agentWrites(
        day(1, "15:50"), "Dear Dorothy, our shop in York brings you one by car tomorrow before noon. Noor")
      story.writes(day(1, "16:04"), "Bless you.", expect: .silence)
      story.rates(day(2, "12:30"), stars: 5)
    }
    book.tell("wedding-tomorrow", 20562, "Zainab Qureshi", "zainab.q@post.example", .euCentral, "en") { story in
      story.order("LL-40294", day(1, "10:25"), [.silkDress], promised: day(3))
      story.runs(.parcelWay, through: .inTransit)
      story.becomes(.delayed, day(2, "08:10"), eta: day(5, "18:00"))
      story.ticket(
        day(3, "10:45"), .chat,
        "I'm the maid of honour and the WEDDING IS TOMORROW 😭 my dress LL-40294 is stuck because of the strike. is "
          + "there ANY "
          + "way to pick it up somewhere?? I'll drive anywhere", expect: .handOff("deadline"))
      story.ticketIs(day(3, "10:58"), .open, assignee: "mei", priority: "urgent")
      story.agentWrites(
        day(3, "11:05"),
        "Zainab, our shop in Vienna has one in your size. It's on the counter with your name on it. Mei")
      story.writes(day(3, "11:06"), "WHAT. omg. i love you. going now", expect: .silence)
      story.rates(day(4, "22:10"), stars: 5)
    }
    book.tell("boda-el-sabado", 20563, "Íñigo Larrea", "inigo.larrea@correo.example", .euSouth, "es") { story in
      story.order("LL-40297", day(1, "11:20"), [.suitJacket], promised: day(5))
      story.runs(.swiftShip, through: .inTransit)
      story.becomes(.delayed, day(3, "06:55"), eta: day(6, "18:00"))
      story.ticket(
        day(5, "09:15"), .email, "Me caso mañana",
        "Me caso mañana a las doce y la americana LL-40297 sigue en un almacén. Entiendo lo de la lluvia, pero "
          + "necesito hablar "
          + "con alguien hoy mismo.", expect: .handOff("deadline"))
    }
    book.tell("cheese-in-the-sun", 20564, "Henri Lacroix", "henri.lacroix@courriel.example", .euWest, "fr") { story in
      story.order("LL-40300", day(1, "09:05"), [.cheeseHamper.times(2)], promised: day(3))
      story.runs(.urbanCourier, through: .inTransit)
      story.becomes(.delayed, day(3, "10:40"), eta: day(6, "18:00"))
      story.ticket(
        day(3, "16:05"), .web, "Panier de fromages LL-40300",
        "Bonjour, le panier de fromages frais est bloqué à cause de l'incendie. Il ne sera plus bon samedi ! Que "
          + "comptez-vous "
          + "faire ?", orders: ["LL-40300"], expect: .handOff("perishable"))
    }
    book.tell("inhaler-bag", 20565, "Shauna Tierney", "shauna.tierney@post.example", .ireland, "en") { story in
      story.order("LL-40303", day(2, "08:20"), [.coolBox], promised: day(5))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(3, "17:40"), .sms,
        "Will LL-40303 be here by thurs? its for my daughters medication, nurse comes fri & it has to be in it by then",
        expect: .handOff("medicine"))
    }
    return book
  }
}
