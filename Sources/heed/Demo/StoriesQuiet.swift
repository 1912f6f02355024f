import Events

extension Stories {
  /// Most customers: they buy, it comes, and nobody writes.
  static func quiet() -> [Story] {
    var book: [Story] = []
    /// One order that takes the usual course.
    func buys(
      _ number: Int, _ person: String, _ region: Story.Region, _ language: String, _ order: String, _ time: Timestamp,
      _ lines: [OrderLine], _ carrier: Carrier, through last: OrderUpdated.Status = .delivered
    ) {
      book.tell("quiet-\(number)", number, person, "\(number)@quiet.example", region, language) { story in
        story.tellsEveryStep = !number.isMultiple(of: 3)
        story.order(order, time, lines, promised: time.adding(seconds: 4 * 86_400))
        story.runs(carrier, through: last)
      }
    }
    buys(20801, "Alice Thornton", .ukSouth, "en", "LL-40501", day(0, "10:10"), [.mug.times(2)], .nordPost)
    buys(20802, "Björn Ekman", .euNorth, "en", "LL-40502", day(0, "12:00"), [.woolThrow], .nordPost)
    buys(20803, "Chiara Bassi", .euSouth, "it", "LL-40503", day(0, "19:45"), [.wineGlasses], .nordPost)
    buys(20804, "Desmond Clay", .ukSouth, "en", "LL-40504", day(1, "07:50"), [.hikingBoots], .parcelWay)
    buys(20805, "Eva Steiner", .euCentral, "de", "LL-40505", day(1, "08:30"), [.bookcase, .mirror], .nordPost)
    buys(20806, "Florent Dumas", .euWest, "fr", "LL-40506", day(1, "09:00"), [.castIronPan], .parcelWay)
    buys(20807, "Grace Adeyemi", .ukSouth, "en", "LL-40507", day(1, "12:20"), [.duvetSet], .urbanCourier)
    buys(20808, "Hana Novotná", .euCentral, "en", "LL-40508", day(1, "13:05"), [.deskLamp], .swiftShip)
    buys(20809, "Ismael Robles", .euSouth, "es", "LL-40509", day(1, "16:40"), [.backpack], .parcelWay)
    buys(
      20810, "Jane Whitaker", .usEast, "en", "LL-40510", day(1, "18:15"), [.silkDress], .parcelWay, through: .inTransit)
    buys(20811, "Kofi Mensah", .ukSouth, "en", "LL-40511", day(2, "07:25"), [.rainJacket, .woolSocks], .nordPost)
    buys(20812, "Linnea Holm", .euNorth, "en", "LL-40512", day(2, "08:45"), [.candleSet.times(3)], .nordPost)
    buys(20813, "Manuel Ibarra", .euSouth, "es", "LL-40513", day(2, "11:10"), [.photoFrame.times(2)], .nordPost)
    buys(20814, "Nora Winkler", .euCentral, "de", "LL-40514", day(2, "13:30"), [.winterCoat], .nordPost)
    buys(20815, "Orla Finnegan", .ireland, "en", "LL-40515", day(2, "17:55"), [.breadTin], .parcelWay)
    buys(20816, "Paul Lemaire", .euWest, "fr", "LL-40516", day(3, "08:20"), [.knifeSet], .nordPost)
    buys(20817, "Quentin Moss", .ukSouth, "en", "LL-40517", day(3, "10:35"), [.tent, .headTorch], .swiftShip)
    buys(20818, "Ruth Abel", .euCentral, "de", "LL-40518", day(3, "12:45"), [.linenShirt], .nordPost)
    buys(
      20819, "Sean Gallagher", .ireland, "en", "LL-40519", day(3, "19:00"), [.rug], .nordPost, through: .outForDelivery)
    buys(20820, "Tove Lindahl", .euNorth, "en", "LL-40520", day(4, "09:30"), [.merinoSweater], .parcelWay)
    buys(20821, "Uma Krishnan", .ukSouth, "en", "LL-40521", day(4, "11:15"), [.espressoMaker], .urbanCourier)
    buys(
      20822, "Victor Salgado", .euSouth, "es", "LL-40522", day(4, "21:20"), [.hammock], .nordPost, through: .inTransit)
    buys(
      20823, "Wendy Marsden", .ukNorth, "en", "LL-40523", day(5, "08:00"), [.kettle], .parcelWay, through: .inTransit)
    buys(20824, "Xavier Noël", .euWest, "fr", "LL-40524", day(5, "12:25"), [.floorLamp], .nordPost, through: .inTransit)
    buys(20825, "Yara Petersen", .euNorth, "en", "LL-40525", day(5, "17:10"), [.scarf], .nordPost, through: .packed)
    buys(
      20826, "Zachary Poole", .usEast, "en", "LL-40526", day(6, "09:40"), [.mug.times(8)], .swiftShip, through: .shipped
    )
    return book
  }
}
