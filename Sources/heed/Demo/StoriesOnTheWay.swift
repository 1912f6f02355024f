import Events

extension Stories {
  /// Where is my order? It is on its way and nothing is wrong: the facts answer.
  static func onTheWay() -> [Story] {
    var book: [Story] = []
    book.tell("parcel-on-time", 20411, "Hannah Brook", "hannah.brook@post.example", .ukSouth, "en") { story in
      story.order("LL-40112", day(0, "09:20"), [.merinoSweater, .woolSocks], promised: day(4))
      story.runs(.parcelWay, through: .inTransit)
      story.ticket(
        day(1, "09:04"), .email, "Order LL-40112",
        """
        Good morning,

        I ordered a moss green sweater and some socks at the weekend (LL-40112). Could you tell me roughly when they \
        will get to me? No rush at all, I just want to be in.

        Many thanks,
        Hannah
        """, expect: .resolve)
      story.writes(day(1, "09:31"), "Lovely, thank you!", expect: .silence)
      story.rates(day(1, "09:32"), stars: 5)
      story.runs(.parcelWay, through: .delivered)
    }
    book.tell("lower-case-chat", 20412, "Dev Acharya", "dev.acharya@post.example", .ukSouth, "en") { story in
      story.order("LL-40118", day(-1, "15:40"), [.headTorch], promised: day(3))
      story.runs(.swiftShip, through: .inTransit)
      story.ticket(day(1, "08:15"), .chat, "wheres my order", expect: .resolve)
      story.writes(day(1, "08:17"), "ok", expect: .silence)
      story.runs(.swiftShip, through: .delivered)
    }
    book.tell("pedido-en-camino", 20413, "Lucía Ferrer", "lucia.ferrer@correo.example", .euSouth, "es") { story in
      story.order("LL-40121", day(0, "10:05"), [.stonewarePlates, .mug.times(4)], promised: day(5))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(1, "10:42"), .web, "¿Cuándo llega mi pedido?",
        """
        Hola, buenos días. Hice el pedido LL-40121 el domingo y me gustaría saber para qué día está prevista la \
        entrega, porque entre semana trabajo y tengo que avisar al portero. ¡Gracias!
        """, orders: ["LL-40121"], expect: .resolve)
      story.writes(day(1, "11:02"), "Perfecto, muchas gracias 😊", expect: .silence)
      story.thumbs(day(1, "11:03"), "up")
      story.runs(.nordPost, through: .delivered)
    }
    book.tell("liefertermin", 20414, "Dr. Albrecht Sommer", "a.sommer@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40125", day(0, "08:30"), [.bookcase], promised: day(4))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(1, "11:20"), .email, "Bestellung LL-40125 / Liefertermin",
        """
        Sehr geehrte Damen und Herren,

        am 1. November habe ich bei Ihnen ein Bücherregal bestellt (Bestellnummer LL-40125). Für eine kurze \
        Mitteilung, an welchem Tag mit der Lieferung zu rechnen ist, wäre ich Ihnen verbunden.

        Mit freundlichen Grüßen
        Dr. Albrecht Sommer
        """, expect: .resolve)
      story.runs(.nordPost, through: .delivered)
    }
    book.tell("livraison-aujourdhui", 20415, "Camille Renaud", "camille.renaud@courriel.example", .euWest, "fr") {
      story in
      story.order("LL-40127", day(-1, "09:45"), [.espressoMaker], promised: day(2))
      story.runs(.parcelWay, through: .inTransit)
      story.becomes(.outForDelivery, day(1, "06:20"))
      story.ticket(
        day(1, "07:50"), .chat,
        "bonjour, mon colis LL-40127 arrive bien aujourd'hui ? je dois partir a 16h", expect: .resolve)
      story.becomes(.delivered, day(1, "13:12"))
      story.writes(day(1, "13:30"), "c'est bon je l'ai, merci !!", expect: .silence)
      story.rates(day(1, "13:31"), stars: 5)
    }
    book.tell("leaving-at-five", 20416, "Gwen Parry", "gwen.parry@post.example", .ukSouth, "en") { story in
      story.order("LL-40130", day(1, "08:10"), [.castIronPan], promised: day(4))
      story.runs(.urbanCourier, through: .outForDelivery)
      story.ticket(
        day(3, "07:55"), .sms,
        "Hi is my pan (LL-40130) coming today? I have to go out at 5 and next door are away", expect: .resolve)
      story.runs(.urbanCourier, through: .delivered)
    }
    book.tell("which-day-delivered", 20417, "Oliver Stanton", "ostanton@post.example", .ukSouth, "en") { story in
      story.order("LL-39870", day(-6, "10:12"), [.deskLamp, .floorLamp], promised: day(-2))
      story.runs(.parcelWay, through: .delivered)
      story.ticket(
        day(2, "14:10"), .email, "Delivery date please",
        """
        Hello, quick one: on what day did you deliver LL-39870? Our office manager signed for it and I need the date \
        for an expense form.

        Oliver Stanton
        Stanton & Pike Surveyors | 01632 960 114
        """, expect: .resolve)
      story.writes(day(2, "14:40"), "That's exactly what I needed, cheers", expect: .silence)
    }
    book.tell("please-to-inform", 20418, "Teodor Vasile", "t.vasile@post.example", .euNorth, "en") { story in
      story.order("LL-40133", day(1, "09:55"), [.hikingBoots], promised: day(5))
      story.runs(.swiftShip, through: .inTransit)
      story.ticket(
        day(2, "12:05"), .web, "Information about delivering",
        """
        Hello dear team, I have buy one pair boots by you with the number LL-40133. Please to inform me when is coming \
        the packet, because I am not every day in home. Thank you for your understandings and good day.
        """, expect: .resolve)
      story.runs(.swiftShip, through: .delivered)
      story.rates(day(3, "18:20"), stars: 4)
    }
    book.tell("grandmother-and-the-lamp", 20419, "Rosalind Achterberg", "rosalind.a@post.example", .ukSouth, "en") {
      story in
      story.order("LL-40136", day(0, "11:30"), [.floorLamp], promised: day(4))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(1, "16:25"), .email, "A lamp for the reading corner",
        """
        Dear Larch & Loom,

        I hope you don't mind a long letter. We moved in September to a little house behind the church, and for weeks \
        my favourite room has been the one with the window over the garden. My granddaughter calls it the reading \
        corner, although so far there has been nothing in it but an armchair and a pile of boxes. She is seven and \
        takes her books very seriously, so for her half-term visit we painted the wall together (a colour called \
        "porridge", she chose it for the name) and on Sunday we sat down at the computer and picked a lamp. She wanted \
        the brass one, because it looks like it belongs to a lighthouse keeper. I did everything on your website all \
        by myself, which at seventy-eight I am quietly proud of, and I got an e-mail with the number LL-40136.

        What I could not find on the page was the day on which the lamp will come. She asks me every evening on the \
        telephone, you see, and I should like to have an answer for her. My neighbour says that one can look these \
        things up with a tracking code, but I would much rather ask a person, or whoever reads this.

        The boxes are nearly all unpacked now, and the porridge wall has dried very nicely. If ever you want a \
        photograph of your lamp in its new home, I would be glad to send one.

        With kind regards,
        Rosalind Achterberg
        """, expect: .resolve)
      story.writes(
        day(1, "17:40"),
        "Thank you so much, I shall tell her tonight. You have made a small person very happy.", expect: .silence)
      story.rates(day(1, "17:45"), stars: 5)
      story.runs(.nordPost, through: .delivered)
    }
    book.tell("when-will-it-ship", 20420, "Marcus Oyelaran", "m.oyelaran@post.example", .ireland, "en") { story in
      story.order("LL-40140", day(2, "09:15"), [.tent], promised: day(6))
      story.runs(.parcelWay, through: .packed)
      story.ticket(
        day(2, "16:58"), .web, "shipping?",
        "Ordered the Kestrel tent this morning, when does it ship? We're off on Saturday so as long as it's here by "
          + "then I'm happy.", orders: ["LL-40140"], expect: .resolve)
      story.runs(.parcelWay, through: .delivered)
    }
    book.tell("quoted-confirmation", 20421, "Petra Lund", "petra.lund@post.example", .euNorth, "en") { story in
      story.order("LL-40143", day(1, "12:40"), [.duvetSet, .pillow.times(2)], promised: day(5))
      story.runs(.nordPost, through: .inTransit)
      story.ticket(
        day(2, "18:45"), .email, "Re: We have your order LL-40143",
        """
        Any news on this one?

        Petra

        Sent from my phone

        > On Mon, 2 Nov 2026 at 12:44, Larch & Loom wrote:
        > Dear Petra,
        > thank you for your order LL-40143.
        >   1 x Duvet cover set, king, forest
        >   2 x Feather pillow, firm
        > We will let you know as soon as it has left our warehouse.
        > If anything is wrong with your order, please tell us within 24 hours.
        """, expect: .resolve)
    }
    book.tell("wo-bleibt-es", 20422, "Jonas Krüger", "jk@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40146", day(-1, "18:05"), [.knifeSet], promised: day(4))
      story.runs(.swiftShip, through: .inTransit)
      story.ticket(
        day(1, "13:02"), .chat, "hi wann kommt denn meine bestellung 40146 so ungefähr? lg", expect: .resolve)
      story.writes(day(1, "13:06"), "alles klar danke 👍", expect: .silence)
      story.runs(.swiftShip, through: .delivered)
    }
    return book
  }

  /// It is not clear which order is meant, or what about it: one question helps.
  static func whichOne() -> [Story] {
    var book: [Story] = []
    book.tell("swapped-digits", 20431, "Aoife Brennan", "aoife.brennan@post.example", .ireland, "en") { story in
      story.order("LL-40152", day(0, "13:30"), [.woolThrow], promised: day(4))
      story.order("LL-40170", day(1, "07:20"), [.candleSet.times(2)], promised: day(5))
      story.runs(.nordPost, through: .inTransit, of: "LL-40152")
      story.ticket(
        day(1, "12:15"), .email, "Order number LL-41052",
        "Hi, could you look up LL-41052 for me and tell me when it's due? Thanks, Aoife", expect: .clarify)
      story.writes(day(1, "12:32"), "Sorry, typing with one hand, baby in the other 😅 LL-40152", expect: .resolve)
      story.writes(day(1, "12:50"), "brilliant ta", expect: .silence)
    }
    book.tell("zahlendreher", 20441, "Harald Nickel", "h.nickel@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40153", day(-1, "10:30"), [.kettle], promised: day(3))
      story.order("LL-40154", day(-1, "10:55"), [.breadTin], promised: day(3))
      story.runs(.nordPost, through: .inTransit, of: "LL-40153")
      story.runs(.nordPost, through: .inTransit, of: "LL-40154")
      story.ticket(
        day(1, "07:55"), .web, "Wann kommt LL-4O153?",
        "Guten Morgen, im Betreff steht meine Bestellnummer, abgeschrieben vom Zettel meiner Frau. Wann wird "
          + "geliefert?",
        expect: .clarify.or(.resolve))
    }
    book.tell("no-such-number", 20442, "Petey Marlow", "petey.m@post.example", .usEast, "en") { story in
      story.ticket(
        day(3, "22:20"), .chat, "order 99812 whens it getting here", expect: .clarify.or(.handOff))
    }
    book.tell("two-orders-open", 20432, "Simon Whitlock", "simon.whitlock@post.example", .ukSouth, "en") { story in
      story.order("LL-40155", day(0, "16:10"), [.deskLamp], promised: day(4))
      story.order("LL-40158", day(0, "16:45"), [.rug], promised: day(6))
      story.runs(.parcelWay, through: .inTransit, of: "LL-40155")
      story.becomes(.processing, day(1, "09:10"), of: "LL-40158")
      story.ticket(
        day(2, "09:22"), .chat, "Hi, just checking when my order will be here please", expect: .clarify)
      story.writes(day(2, "09:25"), "the desk lamp, LL-40155", expect: .resolve)
      story.runs(.parcelWay, through: .delivered, of: "LL-40155")
      story.rates(day(4, "12:00"), stars: 4)
    }
    book.tell("zwei-pakete", 20433, "Miriam Vogt", "miriam.vogt@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40161", day(0, "09:00"), [.kidsWellies], promised: day(3))
      story.order("LL-40164", day(0, "20:30"), [.winterCoat], promised: day(5))
      story.runs(.nordPost, through: .inTransit, of: "LL-40161")
      story.runs(.swiftShip, through: .packed, of: "LL-40164")
      story.ticket(
        day(1, "14:35"), .web, "Frage zu meinem Paket",
        "Guten Tag, können Sie mir bitte sagen, wann mein Paket ankommt? Viele Grüße, Miriam Vogt", expect: .clarify)
      story.writes(day(1, "14:52"), "Die Gummistiefel meine ich, also LL-40161.", expect: .resolve)
      story.runs(.nordPost, through: .delivered, of: "LL-40161")
    }
    book.tell("three-orders-chat", 20434, "Tasha Bell", "tasha.bell@post.example", .usEast, "en") { story in
      story.order("LL-40167", day(1, "11:05"), [.linenShirt], promised: day(6))
      story.order("LL-40168", day(1, "11:30"), [.scarf], promised: day(6))
      story.order("LL-40169", day(2, "08:10"), [.mirror], promised: day(6))
      story.runs(.swiftShip, through: .inTransit, of: "LL-40167")
      story.runs(.swiftShip, through: .inTransit, of: "LL-40168")
      story.ticket(day(2, "15:10"), .chat, "eta on my stuff?", expect: .clarify)
      story.writes(day(2, "15:20"), "idk all of it i guess?? or the first one", expect: .handOff("still_unclear"))
    }
    book.tell("empty-mail", 20435, "Clive Dunmore", "clive.dunmore@post.example", .ukSouth, "en") { story in
      story.order("LL-40172", day(-5, "12:00"), [.breadTin], promised: day(-1))
      story.runs(.urbanCourier, through: .delivered)
      story.ticket(day(1, "06:58"), .email, "", expect: .clarify)
      story.writes(day(1, "07:20"), "", expect: .handOff("still_unclear").or(.silence))
    }
    book.tell("question-mark", 20436, "Ines Caldeira", "ines.caldeira@post.example", .euSouth, "en") { story in
      story.order("LL-40174", day(1, "15:15"), [.wineGlasses], promised: day(6))
      story.ticket(day(1, "19:44"), .chat, "?", expect: .clarify)
    }
    book.tell("just-help", 20437, "Barry Tunstall", "barry.tunstall@post.example", .ukNorth, "en") { story in
      story.ticket(day(3, "20:12"), .chat, "Help", expect: .clarify)
      story.writes(day(3, "20:14"), "its about what i said last time", expect: .handOff("still_unclear"))
      story.ticketIs(day(4, "08:30"), .open, assignee: "noor", by: .human)
      story.agentWrites(
        day(4, "08:34"),
        "Good morning Barry, Noor here. Was it about the tiles in the showroom? Tell me and I'll "
          + "look.")
      story.writes(day(4, "09:50"), "yes thats it, the blue ones", expect: .silence)
    }
    book.tell("subject-only", 20438, "Kerstin Aldén", "kerstin.alden@post.example", .euNorth, "en") { story in
      story.order("LL-40178", day(2, "07:40"), [.linenCurtains], promised: day(6))
      story.runs(.nordPost, through: .packed)
      story.ticket(day(2, "17:30"), .email, "LL-40178", " ", expect: .clarify.or(.resolve))
    }
    book.tell("an-order-of-mum", 20439, "Callum Reid", "callum.reid@post.example", .ukNorth, "en") { story in
      // LL-40112 is Hannah Brook's.
      story.ticket(
        day(2, "10:05"), .email, "birthday parcel",
        "Hiya, my mum's friend Hannah ordered me a jumper for my birthday, she forwarded me the number (LL-40112). "
          + "Can you tell me where it is and what address it's going to?", expect: .handOff("foreign_order"))
    }
    book.tell("fishing-for-details", 20440, "J. Smith", "jsmith.8812@post.example", .ukSouth, "en") { story in
      // LL-40136 is Rosalind Achterberg's.
      story.ticket(
        day(2, "22:51"), .chat,
        "my order LL-40136 pls confirm the phone number and delivery adress on it, i need to be sure its correct",
        expect: .handOff("foreign_order"))
      story.writes(day(2, "22:53"), "hello? just send me the adress", expect: .silence.or(.handOff))
    }
    return book
  }
}
