/// Something that Larch & Loom sells.
struct Article {
  let sku: String
  let title: String
  let cents: Int
}

/// So many of an article.
struct OrderLine {
  let article: Article
  var quantity = 1

  /// The same article `quantity` times.
  func times(_ quantity: Int) -> OrderLine { OrderLine(article: article, quantity: quantity) }

  private init(article: Article, quantity: Int) {
    self.article = article
    self.quantity = quantity
  }

  private init(_ sku: String, _ title: String, _ cents: Int) {
    self.init(article: Article(sku: sku, title: title, cents: cents), quantity: 1)
  }
}

// MARK: - Home

extension OrderLine {
  static let linenCurtains = OrderLine("LL-H-101", "Linen curtains, pair, oat", 89_00)
  static let woolThrow = OrderLine("LL-H-104", "Wool throw, heather", 74_50)
  static let floorLamp = OrderLine("LL-H-117", "Floor lamp, brass", 139_00)
  static let deskLamp = OrderLine("LL-H-118", "Desk lamp, sage", 49_90)
  static let cornerSofa = OrderLine("LL-H-150", "Corner sofa Fjell, charcoal", 1_890_00)
  static let oakTable = OrderLine("LL-H-152", "Oak dining table 180 cm", 945_00)
  static let bookcase = OrderLine("LL-H-155", "Bookcase, five shelves", 219_00)
  static let duvetSet = OrderLine("LL-H-161", "Duvet cover set, king, forest", 64_90)
  static let pillow = OrderLine("LL-H-163", "Feather pillow, firm", 32_00)
  static let candleSet = OrderLine("LL-H-170", "Beeswax candles, box of six", 18_50)
  static let mirror = OrderLine("LL-H-174", "Round mirror 80 cm", 112_00)
  static let rug = OrderLine("LL-H-180", "Jute rug 160 x 230", 159_00)
  static let photoFrame = OrderLine("LL-H-186", "Walnut photo frame, A4", 24_90)
  static let giftCard = OrderLine("LL-H-199", "Gift card 50", 50_00)
}

// MARK: - Clothing

extension OrderLine {
  static let rainJacket = OrderLine("LL-C-201", "Rain jacket Tarn", 129_00)
  static let merinoSweater = OrderLine("LL-C-204", "Merino sweater, moss", 79_00)
  static let linenShirt = OrderLine("LL-C-207", "Linen shirt, white", 54_90)
  static let silkDress = OrderLine("LL-C-212", "Silk dress, midnight", 189_00)
  static let suitJacket = OrderLine("LL-C-214", "Tweed jacket", 249_00)
  static let woolSocks = OrderLine("LL-C-220", "Wool socks, three pairs", 22_00)
  static let babySleepBag = OrderLine("LL-C-231", "Baby sleeping bag, 6-12 months", 45_90)
  static let kidsWellies = OrderLine("LL-C-233", "Children's wellies, yellow", 28_90)
  static let scarf = OrderLine("LL-C-240", "Lambswool scarf", 36_00)
  static let winterCoat = OrderLine("LL-C-245", "Winter coat Birk", 279_00)
}

// MARK: - Outdoor

extension OrderLine {
  static let tent = OrderLine("LL-O-301", "Two-person tent Kestrel", 329_00)
  static let sleepingBag = OrderLine("LL-O-304", "Down sleeping bag -5", 198_00)
  static let hikingBoots = OrderLine("LL-O-310", "Hiking boots Fell", 164_00)
  static let backpack = OrderLine("LL-O-312", "Backpack 45 l", 118_00)
  static let headTorch = OrderLine("LL-O-318", "Head torch 400 lm", 39_90)
  static let campStove = OrderLine("LL-O-321", "Camping stove", 57_00)
  static let coolBox = OrderLine("LL-O-325", "Insulated cool box, medical grade", 96_00)
  static let hammock = OrderLine("LL-O-330", "Cotton hammock", 59_00)
}

// MARK: - Kitchen

extension OrderLine {
  static let kettle = OrderLine("LL-K-401", "Stove kettle, enamel", 44_90)
  static let electricKettle = OrderLine("LL-K-402", "Electric kettle 1.7 l", 59_90)
  static let castIronPan = OrderLine("LL-K-405", "Cast iron pan 28 cm", 69_00)
  static let knifeSet = OrderLine("LL-K-408", "Knife set, four pieces", 124_00)
  static let stonewarePlates = OrderLine("LL-K-411", "Stoneware plates, set of six", 72_00)
  static let mug = OrderLine("LL-K-413", "Stoneware mug", 14_50)
  static let espressoMaker = OrderLine("LL-K-420", "Espresso maker, six cups", 38_00)
  static let breadTin = OrderLine("LL-K-424", "Bread tin, cream", 42_00)
  static let cheeseHamper = OrderLine("LL-K-440", "Cheese hamper, chilled", 68_00)
  static let skinBalm = OrderLine("LL-K-452", "Beeswax skin balm 50 ml", 12_90)
  static let wineGlasses = OrderLine("LL-K-460", "Wine glasses, set of four", 46_00)
}
