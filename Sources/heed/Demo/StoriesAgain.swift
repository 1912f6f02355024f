import Events

extension Stories {
  /// Customers who write again: because nothing happened, because it got worse, or only to say thanks.
  static func againAndAgain() -> [Story] {
    var book: [Story] = []
    book.tell("third-time-i-write", 20501, "Lorraine Pettit", "lorraine.pettit@post.example", .ukSouth, "en") { story in
      story.order("LL-40201", day(-2, "10:10"), [.stonewarePlates], promised: day(4))
      story.becomes(.inTransit, day(0, "04:10"), eta: day(2, "18:00"), by: .nordPost)
      story.ticket(
        day(1, "10:30"), .email, "THIRD email about LL-40201",
        "This is now the third time I write to you about the plates. Nobody has answered the other two mails. I only "
          + "want "
          + "to know when they come. Lorraine Pettit", expect: .handOff("repeat_contact"))
      story.ticketIs(day(1, "11:15"), .open, assignee: "noor")
      story.agentWrites(
        day(1, "11:20"),
        "Dear Mrs Pettit, your first two mails went to an old address of ours, I am sorry. The plates "
          + "are "
          + "due tomorrow, and I will check myself that they are.")
      story.writes(day(1, "12:02"), "Thank you Noor, that is all I wanted.", expect: .silence)
      story.ticketIs(day(1, "12:05"), .solved)
      story.becomes(.delivered, day(2, "14:48"))
      story.rates(day(2, "15:30"), stars: 4)
    }
    book.tell("schon-wieder", 20502, "Detlef Kampmann", "kampmann@briefkasten.example", .euCentral, "de") { story in
      story.order("LL-40204", day(-3, "16:45"), [.bookcase], promised: day(2))
      story.runs(.urbanCourier, through: .inTransit)
      story.ticket(
        day(2, "11:11"), .email, "zum wiederholten Mal",
        "Ich habe Ihnen am Freitag geschrieben. Ich habe Ihnen am Samstag geschrieben. Jetzt schreibe ich Ihnen zum "
          + "dritten "
          + "Mal: Wo ist mein Regal LL-40204? Muss man bei Ihnen erst laut werden? Kampmann",
        expect: .handOff("repeat_contact"))
    }
    // The second ticket about the same: no text says so, only what we remember.
    book.tell("two-tickets-one-parcel", 20503, "Kamala Iyer", "kamala.iyer@post.example", .ukNorth, "en") { story in
      story.order("LL-40207", day(-2, "12:05"), [.duvetSet], promised: day(2))
      story.runs(.nordPost, through: .inTransit)
      story.becomes(.delayed, day(1, "06:25"), eta: day(4, "18:00"))
      story.ticket(
        day(1, "18:10"), .web, "LL-40207", "Where is this please? It was coming tomorrow and now it says delayed",
        orders: ["LL-40207"], expect: .resolve)
      story.ticket(
        day(3, "12:30"), .chat, "Hi, where is my duvet cover LL-40207? Was due Tuesday",
        expect: .handOff("repeat_contact"))
      story.ticketIs(day(3, "13:02"), .open, assignee: "yusuf")
      story.agentSays(day(3, "13:30"), .handoffVerdict, "needed", reason: "second_contact")
      story.becomes(.delivered, day(4, "11:33"))
    }
    // The answer was right, and did not help.
    book.tell("that-does-not-help", 20504, "Stuart Ogilvie", "stuart.ogilvie@post.example", .ukNorth, "en") { story in
      story.order("LL-40210", day(-2, "14:40"), [.headTorch, .backpack], promised: day(2))
      story.runs(.nordPost, through: .inTransit)
      story.becomes(.delayed, day(1, "08:35"), eta: day(4, "18:00"))
      story.ticket(
        day(2, "12:20"), .chat, "any idea when LL-40210 gets here? said today originally", expect: .resolve)
      story.writes(
        day(2, "12:24"), "that doesnt help me, i leave for the hills tomorrow evening. can you send another one or not",
        expect: .handOff("answer_did_not_help"))
      story.thumbs(day(2, "12:25"), "down", reason: "not_helpful")
      story.ticketIs(day(2, "12:55"), .open, assignee: "noor", priority: "high")
      story.agentWrites(
        day(2, "13:00"), "Hi Stuart, there's a torch and a pack in our Glasgow shop. I've put them aside for you.")
      story.writes(day(2, "13:04"), "you absolute star. picking up at 10", expect: .silence)
      story.rates(day(3, "10:40"), stars: 5)
    }
    book.tell("calm-then-not", 20505, "Rachel Abrams", "rachel.abrams@post.example", .usEast, "en") { story in
      story.order("LL-40213", day(1, "14:20"), [.silkDress], promised: day(4))
      story.runs(.swiftShip, through: .inTransit)
      story.ticket(
        day(3, "13:15"), .chat, "Hi! Just wondering about my dress, LL-40213. Does it look ok for tomorrow?",
        expect: .resolve)
      story.becomes(.delayed, day(4, "13:05"))
      story.writes(
        day(4, "14:30"), "You told me it was fine and now it says delayed. Not great.",
        expect: .handOff("promise_broken"))
      story.writes(
        day(4, "15:41"), "Hello?? Is anybody reading this? I'm getting really upset, you SAID it was on time!!",
        expect: .handOff("angry").or(.silence))
      story.writes(
        day(4, "16:20"), "UNBELIEVABLE. Worst service I have ever had. ANSWER ME!!!!",
        expect: .handOff("angry").or(.silence))
      story.ticketIs(day(4, "16:28"), .open, assignee: "yusuf", priority: "urgent")
      story.agentWrites(
        day(4, "16:35"), "Rachel, this is Yusuf, a person. I have read all of it and I am calling SwiftShip now.")
      story.writes(day(4, "16:39"), "ok. thank you. finally", expect: .silence)
    }
    book.tell("confused-twice", 20506, "Edith Farrow", "edith.farrow@post.example", .ukSouth, "en") { story in
      story.order("LL-40216", day(-1, "10:35"), [.candleSet], promised: day(3))
      story.order("LL-40217", day(1, "10:40"), [.pillow.times(2)], promised: day(5))
      story.runs(.nordPost, through: .inTransit, of: "LL-40216")
      story.ticket(day(1, "13:44"), .email, "the thing", "Hello dear is it coming yet do you know", expect: .clarify)
      story.writes(
        day(1, "14:20"), "I am sorry I do not understand what you are asking me I pressed the blue button",
        expect: .handOff("still_unclear"))
    }
    // A person answers, so the machine keeps silent, whatever is asked.
    book.tell("human-has-it", 20507, "Piotr Zielak", "p.zielak@post.example", .ireland, "en") { story in
      story.order("LL-40219", day(-3, "09:05"), [.deskLamp], promised: day(1))
      story.runs(.parcelWay, through: .inTransit)
      story.becomes(.delayed, day(1, "07:25"))
      story.ticket(
        day(1, "09:15"), .web, "LL-40219 late", "My lamp is late and there is no new date. What happened?",
        orders: ["LL-40219"], expect: .handOff("delay_unexplained"))
      story.ticketIs(day(1, "09:50"), .open, queue: "delivery", assignee: "noor")
      story.agentWrites(day(1, "09:55"), "Hello Piotr, I'm on it and will write when ParcelWay has answered. Noor")
      story.writes(day(2, "09:10"), "Hi Noor, any news? When will the lamp arrive?", expect: .silence)
      story.becomes(.inTransit, day(2, "09:45"), eta: day(3, "18:00"))
      story.agentWrites(day(2, "10:05"), "They found it behind a pallet. It is with you tomorrow.")
      story.writes(day(3, "08:01"), "is it today?", expect: .silence)
      story.becomes(.delivered, day(3, "11:17"))
      story.ticketIs(day(3, "12:00"), .solved)
    }
    book.tell("reopened", 20508, "Janet Osei", "janet.osei@post.example", .ukSouth, "en") { story in
      story.order("LL-40222", day(-6, "11:20"), [.stonewarePlates], promised: day(-2))
      story.runs(.urbanCourier, through: .delivered)
      story.ticket(
        day(1, "08:40"), .email, "two broken plates",
        "Two of the six plates in LL-40222 were broken when I opened the box. Pictures attached. Could you send two "
          + "new ones?",
        expect: .handOff("defective"))
      story.ticketIs(day(1, "09:40"), .open, queue: "returns", assignee: "mei")
      story.agentWrites(
        day(1, "09:48"), "Dear Janet, what a pity. Two plates are on their way, nothing for you to do. Mei")
      story.ticketIs(day(1, "09:50"), .solved)
      story.writes(
        day(4, "17:12"), "Hello Mei, the two plates came, but they are blue and mine are grey. Sorry to be a nuisance!",
        expect: .handOff("reopened"))
      story.ticketIs(day(4, "17:14"), .open, by: .automation)
      story.agentWrites(day(5, "08:20"), "You are no nuisance, Janet. Keep the blue ones, the grey ones go out today.")
      story.ticketIs(day(5, "08:22"), .solved)
      story.rates(day(5, "09:10"), stars: 5)
    }
    book.tell("moved-by-a-human", 20509, "Ade Balogun", "ade.balogun@post.example", .ukSouth, "en") { story in
      story.order("LL-40225", day(1, "07:35"), [.rug], promised: day(5))
      story.runs(.parcelWay, through: .processing)
      story.ticket(
        day(1, "12:55"), .chat, "hi can u tell me the fire rating of the jute rug, landlord wants to know",
        expect: .handOff("product_question"))
      story.ticketIs(day(1, "13:10"), queue: "wholesale", priority: "low")
      story.agentSays(day(1, "13:11"), .reroute, "wholesale", reason: "wrong_queue")
      story.writes(day(1, "15:30"), "no stress, whenever you know", expect: .silence)
      story.agentWrites(day(2, "09:30"), "Hi Ade, it's class E to EN 13501-1. The certificate is attached.")
      story.ticketIs(day(2, "09:31"), .solved)
      story.ticketIs(day(5, "09:31"), .closed, by: .automation)
      story.runs(.parcelWay, through: .delivered)
    }
    book.tell("fourth-time-politely", 20510, "Inger Dahl", "inger.dahl@post.example", .euNorth, "en") { story in
      story.order("LL-40228", day(-5, "09:40"), [.scarf], promised: day(1))
      story.runs(.nordPost, through: .inTransit)
      story.becomes(.delayed, day(1, "06:50"))
      story.ticket(
        day(3, "09:44"), .email, "Once more: LL-40228",
        """
        Dear team,

        I know you must be very busy, and I really do not want to be a bother. I wrote on Thursday, I called on \
        Saturday and I filled in the form on Monday, and every time someone was kind and said they would come back to \
        me. I am sure that they meant it. It is only a scarf, after all, and there are people in the world with real \
        troubles.

        Still, it is for my sister, who is in hospital in Uppsala and always cold, and the weather has turned. Perhaps \
        you could look once more where it is? If it has got lost that is no tragedy, but then I would knit her one \
        this weekend and would need to buy the wool tomorrow.

        Warmly,
        Inger Dahl
        """, expect: .handOff("repeat_contact"))
    }
    return book
  }
}
