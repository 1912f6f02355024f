import Events
import Testing
import TestSupport

@testable import Classifier

/// What customers want, in sentences written for these tests the way people write. The reader finds phrases, so it must be
/// precise before it is complete: where no phrase is, it says nothing.
@Suite struct IntentTests {
  struct Case: CustomTestStringConvertible {
    let text: String
    /// `nil` if nothing may be claimed.
    let intent: String?
    var testDescription: String { text }
    init(_ intent: String?, _ text: String) {
      self.text = text
      self.intent = intent
    }
  }

  static let english = [
    Case("order_status", "Hi, could you tell me where my order is? I placed it ten days ago."),
    Case("order_status", "when will my parcel arrive"), Case("order_status", "Has order 15191 been shipped yet?"),
    Case("order_status", "The tracking hasn't moved since Tuesday, what is going on?"),
    Case("delivery_issue", "The app says delivered but there is nothing at my door."),
    Case("delivery_issue", "My lamp never arrived."), Case("delivery_issue", "The parcel was left in the rain."),
    Case("delivery_info", "How long does shipping to Ireland take?"),
    Case("delivery_info", "Do you deliver to Iceland?"),
    Case("change_address", "I moved last week, can you send it to my new address instead?"),
    Case("change_address", "There is a typo in my address, please correct it."),
    Case("change_order", "Can I add another pillow to my order before it leaves?"),
    Case("change_order", "I ordered the wrong colour by mistake, can you change it to blue?"),
    Case("cancel_order", "Please cancel my order, I found it cheaper."),
    Case("cancel_order", "I don't want it anymore, stop the order"),
    Case("ordering_help", "How do I place an order for a company?"), Case("ordering_help", "Do you accept PayPal?"),
    Case("return_exchange", "The jumper is too small, can I exchange it for a large?"),
    Case("return_exchange", "I'd like to send it back, where do I get a label?"),
    Case("product_issue", "The kettle stopped working after a week."),
    Case("product_issue", "You sent me the wrong item, I ordered the blue one."),
    Case("product_issue", "There are parts missing in the box."), Case("refund_request", "I want my money back."),
    Case("refund_request", "Please give me a full refund for the chair"),
    Case("refund_status", "When will I get my refund? I sent the shoes back two weeks ago."),
    Case("refund_status", "Still waiting for the refund of the jacket"),
    Case("policy_question", "What is your return policy on sale items?"),
    Case("policy_question", "How long do I have to return something?"),
    Case("invoice", "I need an invoice with our VAT number."), Case("invoice", "Can you send me the receipt again?"),
    Case("payment_issue", "I was charged twice for the same lamp."),
    Case("payment_issue", "My card was declined although there is money on it."),
    Case("coupon_promo", "The discount code SPRING does not work at the checkout."),
    Case("coupon_promo", "Can I still use my gift card?"), Case("product_question", "Is the oak table in stock?"),
    Case("product_question", "Which size should I take if I am 180 cm tall?"),
    Case("website_issue", "Your website keeps showing an error message when I open the basket."),
    Case("website_issue", "The app crashes every time I open it."),
    Case("account_access", "I forgot my password and the reset mail does not come."),
    Case("account_access", "I can't log in to my account"),
    Case("account_manage", "How can I change the phone number in my profile?"),
    Case("account_manage", "I'd like to create an account for my wife."),
    Case("delete_account", "Please delete my account and all my data."),
    Case("subscription", "How do I unsubscribe from your newsletter?"),
    Case("subscription", "Please cancel my subscription at the end of the month"),
    Case("feedback_review", "Just wanted to say the chair is beautiful, great job!"),
    Case("feedback_review", "Where can I leave a review?"), Case("complaint", "I want to make a formal complaint."),
    Case("complaint", "Your customer service is terrible service, never again."),
    Case("contact_human", "Can I speak to a human please?"),
    Case("contact_human", "What is your customer service number?"),
  ]
  static let spanish = [
    Case("order_status", "Buenas, ¿dónde está mi pedido? Lo hice hace diez días."),
    Case("order_status", "¿Cuándo llegará mi paquete?"),
    Case("delivery_issue", "Pone entregado pero aquí no hay nada."),
    Case("delivery_issue", "Todavía no ha llegado la lámpara."),
    Case("delivery_info", "¿Cuánto tarda el envío a Canarias?"),
    Case("change_address", "Necesito cambiar la dirección de entrega."),
    Case("change_order", "Quiero modificar mi pedido y pedir dos en vez de una."),
    Case("cancel_order", "Quiero cancelar mi pedido, por favor."),
    Case("cancel_order", "¿Se puede anular el pedido 15191?"),
    Case("ordering_help", "¿Cómo puedo comprar con factura de empresa? ¿Qué formas de pago hay?"),
    Case("return_exchange", "Los zapatos me quedan pequeños, quiero devolverlos y cambiar la talla."),
    Case("product_issue", "La cafetera dejó de funcionar a la semana."),
    Case("product_issue", "Falta una pieza en la caja de la mesa."),
    Case("refund_request", "Quiero que me devuelvan el dinero."),
    Case("refund_status", "¿Cuándo recibiré mi reembolso?"),
    Case("policy_question", "¿Cuál es la política de devoluciones?"),
    Case("invoice", "Necesito la factura de mi compra."),
    Case("payment_issue", "Me han cobrado dos veces la misma silla."),
    Case("coupon_promo", "El código de descuento no funciona."),
    Case("product_question", "¿Está disponible la mesa en roble?"),
    Case("website_issue", "La web no funciona, no carga la página de pago."),
    Case("account_access", "He olvidado mi contraseña y no puedo entrar."),
    Case("account_manage", "Quiero cambiar mi teléfono en la ficha."),
    Case("delete_account", "Quiero eliminar mi cuenta y borrar mis datos."),
    Case("subscription", "Quiero darme de baja del boletín."),
    Case("feedback_review", "Me encanta la silla, solo quería dar las gracias."),
    Case("complaint", "Quiero poner una reclamación formal."), Case("contact_human", "Quiero hablar con una persona."),
  ]
  static let german = [
    Case("order_status", "Guten Tag, wo bleibt meine Bestellung vom letzten Montag?"),
    Case("order_status", "Wann kommt mein Paket endlich?"),
    Case("delivery_issue", "Das Paket wurde angeblich zugestellt, hier ist aber nichts."),
    Case("delivery_issue", "Die Lampe ist immer noch nicht angekommen."),
    Case("delivery_info", "Wie lange dauert der Versand nach Österreich?"),
    Case("change_address", "Ich bin umgezogen, bitte die Lieferadresse ändern."),
    Case("change_order", "Ich möchte meine Bestellung ändern und zwei Stück nehmen."),
    Case("cancel_order", "Bitte stornieren Sie meine Bestellung."),
    Case("ordering_help", "Kann ich auf Rechnung bestellen, welche Zahlungsarten gibt es?"),
    Case("return_exchange", "Die Hose passt nicht, ich möchte sie umtauschen."),
    Case("return_exchange", "Wie kann ich die Schuhe zurückschicken?"),
    Case("product_issue", "Der Wasserkocher ist kaputt."),
    Case("product_issue", "Sie haben mir den falschen Artikel geschickt."),
    Case("refund_request", "Ich will mein Geld zurück."),
    Case("refund_status", "Wann kommt die Erstattung für die Jacke?"),
    Case("policy_question", "Wie lange habe ich Widerrufsrecht?"),
    Case("invoice", "Ich brauche eine Rechnung für die Lampe."),
    Case("payment_issue", "Der Betrag wurde doppelt abgebucht."),
    Case("coupon_promo", "Mein Gutscheincode wird nicht angenommen."),
    Case("product_question", "Ist der Tisch auf Lager?"),
    Case("website_issue", "Die Seite lädt nicht und es kommt eine Fehlermeldung."),
    Case("account_access", "Ich habe mein Passwort vergessen."),
    Case("account_manage", "Ich möchte meine Telefonnummer ändern."),
    Case("delete_account", "Bitte mein Konto löschen."), Case("subscription", "Ich möchte den Newsletter abbestellen."),
    Case("feedback_review", "Ich wollte mich nur bedanken, toller Service."),
    Case("complaint", "Ich möchte mich beschweren."),
    Case("contact_human", "Kann ich bitte mit einem Mitarbeiter sprechen?"),
  ]
  static let french = [
    Case("order_status", "Bonjour, où en est ma commande passée lundi dernier ?"),
    Case("order_status", "Quand vais-je recevoir mon colis ?"),
    Case("delivery_issue", "Le colis est marqué comme livré mais je n'ai rien reçu."),
    Case("delivery_issue", "Ma lampe n'est toujours pas arrivée, le colis est perdu."),
    Case("delivery_info", "Quels sont les frais de livraison pour la Corse ?"),
    Case("change_address", "J'ai déménagé, je voudrais changer l'adresse de livraison."),
    Case("change_order", "Je voudrais modifier ma commande et en prendre deux."),
    Case("cancel_order", "Je souhaite annuler ma commande s'il vous plaît."),
    Case("ordering_help", "Comment passer une commande pour une entreprise ?"),
    Case("return_exchange", "Le pull est trop petit, je voudrais l'échanger."),
    Case("return_exchange", "Je voudrais renvoyer les chaussures, où est le bon de retour ?"),
    Case("product_issue", "La bouilloire ne marche plus depuis hier."),
    Case("product_issue", "Il manque une vis, une pièce manquante dans le carton."),
    Case("refund_request", "Je veux être remboursé pour ce fauteuil."),
    Case("refund_status", "Où en est mon remboursement ?"),
    Case("policy_question", "Quelle est votre politique de retour ?"),
    Case("invoice", "J'ai besoin de la facture de mon achat."),
    Case("payment_issue", "J'ai été débité deux fois pour la même lampe."),
    Case("coupon_promo", "Mon code promo n'est pas accepté."),
    Case("product_question", "La table est-elle disponible, est-elle en stock ?"),
    Case("website_issue", "Le site ne marche pas, j'ai un message d'erreur."),
    Case("account_access", "J'ai oublié mon mot de passe."),
    Case("account_manage", "Je voudrais changer mon numéro de téléphone dans mes coordonnées."),
    Case("delete_account", "Merci de supprimer mon compte et mes données."),
    Case("subscription", "Je voudrais me désabonner de l'infolettre."),
    Case("feedback_review", "J'adore la lampe, je voulais simplement remercier l'équipe."),
    Case("complaint", "Je veux faire une réclamation."), Case("contact_human", "Je voudrais parler à un conseiller."),
  ]
  static let nothing = [
    Case(nil, ""), Case(nil, "hello"), Case(nil, "???"), Case(nil, "Hi there, hope you are well."),
    Case(nil, "It was a rainy Sunday and we walked along the river with the dog until dinner."),
    Case(nil, "ok"), Case(nil, "Hola, buenas tardes."), Case(nil, "Guten Morgen zusammen"), Case(nil, "Bonjour à tous"),
    Case(nil, "asdf qwer"), Case(nil, "My neighbour has a green door."),
    Case(nil, "Hallo, hoe gaat het met jullie? Ik heb een vraag over mijn kat."),
  ]

  static let all = english + spanish + german + french

  /// Sentences the model has not learned from. It need not know each of them, but most, in every language.
  @Test(arguments: [(english, 0.85), (spanish, 0.7), (german, 0.7), (french, 0.7)])
  func mostSentencesSayWhatIsWanted(table: [Case], share: Double) {
    let right = table.count { read($0.text).intents.first?.name == $0.intent }
    #expect(Double(right) >= share * Double(table.count), "\(right) of \(table.count)")
  }

  @Test(arguments: nothing)
  func whereNothingIsWantedNothingIsClaimedFirmly(example: Case) {
    let reading = read(example.text)
    #expect(reading.intent == nil || reading.intent?.band == .low, "\(reading.intents)")
  }

  @Test func theTableIsLargeAndCoversEveryIntentInEveryLanguage() {
    #expect(Self.all.count + Self.nothing.count >= 120)
    let names = Set(IntentPhrases.all.map(\.intent))
    #expect(names.count == 24)
    for table in [Self.english, Self.spanish, Self.german, Self.french] {
      #expect(Set(table.compactMap(\.intent)) == names)
    }
  }

  @Test func capitalsDoNotHideAWish() {
    for example in Self.all {
      #expect(read(example.text.uppercased()).intents == read(example.text).intents, "\(example.text)")
    }
  }

  @Test func missingAccentsSeldomHideAWish() {
    let same = Self.all.count { example in
      let plain = example.text.unicodeScalars.map { $0.isASCII ? String($0) : String($0).folded }.joined()
      return read(plain).intents.first?.name == read(example.text).intents.first?.name
    }
    #expect(same * 100 >= Self.all.count * 95)
  }

  @Test func probabilitiesAreRankedAndBandsFollowThem() {
    var bands: [Int: Reading.Band] = [:]
    for example in Self.all {
      let reading = read(example.text)
      #expect(reading.intents.map(\.probability) == reading.intents.map(\.probability).sorted(by: >))
      for intent in reading.intents {
        #expect((0...1000).contains(intent.probability))
        bands[intent.probability] = intent.band
      }
    }
    let ranked = bands.sorted { $0.key < $1.key }.map(\.value)
    #expect(ranked == ranked.sorted())
    #expect(Set(ranked).count > 1)
  }

  @Test func theSameTextGivesTheSameReading() {
    let first = Self.all.map { read($0.text) }
    let again = Self.all.reversed().map { shippedReader.read(Message(body: $0.text)) }
    #expect(first == again.reversed())
  }

  @Test(arguments: [
    ("Please cancel my order. And where is my refund for the other one?", ["cancel_order", "refund_status"]),
    ("I forgot my password. Also I need an invoice for my last order.", ["account_access", "invoice"]),
  ])
  func ofTwoWishesBothAreNamed(text: String, wishes: [String]) {
    #expect(Set(wishes).isSubset(of: read(text).intents.map(\.name)), "\(read(text).intents)")
  }

  @Test(arguments: [
    (Reading.Abstention.empty, ""), (.empty, "🙂"), (.sparse, "Hello there"),
    (.unclear, "I was on the train with my sister and we talked about the weather all the way to Leeds."),
    (.unsupportedLanguage, "Здравствуйте, где мой заказ?"),
  ])
  func anAbstentionHasItsReason(reason: Reading.Abstention, text: String) {
    #expect(read(text).abstention == reason)
    #expect(read(text).intent == nil)
  }

  @Test func everyTextGivesAReading() {
    var dice = Dice(seed: 7)
    let pieces =
      Self.all.flatMap { $0.text.split(separator: " ").map(String.init) } + ["😀", "\u{0}", "\r\n", ">", "--", "!!!"]
    for _ in 0..<2_000 {
      let text = (0..<dice.roll(40)).map { _ in dice.pick(pieces) }.joined(separator: dice.pick([" ", "\n", ""]))
      let reading = read(text)
      let length = Message(body: text).text.utf8.count
      let spans = reading.cues.map(\.span) + reading.signals.flatMap(\.spans) + reading.entities.map(\.span)
      guard spans.allSatisfy({ 0 <= $0.start && $0.start < $0.end && $0.end <= length }),
        (-1000...1000).contains(reading.sentiment.score), reading.cues.map(\.span) == reading.cues.map(\.span).sorted()
      else { return #expect(Bool(false), "\(text)") }
    }
  }
}

extension String {
  /// Without accents, as people without the keyboard write.
  fileprivate var folded: String {
    let words = Words(self)
    return words.words.first.map { words.text($0) } ?? self
  }
}
