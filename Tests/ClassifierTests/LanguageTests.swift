import Events
import Testing

@testable import Classifier

/// The language of a sentence or two, as customers write them.
@Suite struct LanguageTests {
  @Test(arguments: [
    ("en", "Hi, I ordered a lamp last week and it has not arrived. Where is it?"),
    ("en", "please cancel it, thank you"),
    ("es", "Hola, pedí una lámpara la semana pasada y no ha llegado. ¿Dónde está?"),
    ("es", "quiero cancelar el pedido por favor"),
    ("de", "Guten Tag, ich habe letzte Woche eine Lampe bestellt und sie ist noch nicht da."),
    ("de", "wo bleibt mein paket"),
    ("fr", "Bonjour, j'ai commandé une lampe la semaine dernière et elle n'est pas arrivée."),
    ("fr", "ou est ma commande svp"),
    (
      "it",
      "Buongiorno, ho ordinato una lampada la settimana scorsa e non è ancora arrivata. Dove si trova il mio ordine?"
    ),
    ("pt", "Olá, encomendei um candeeiro na semana passada e ainda não chegou. Onde está o meu pedido?"),
    ("nl", "Hallo, ik heb vorige week een lamp besteld en die is nog niet aangekomen. Waar is mijn bestelling?"),
    ("pl", "Dzień dobry, zamówiłam lampę w zeszłym tygodniu i jeszcze nie przyszła. Gdzie jest moje zamówienie?"),
    ("sv", "Hej, jag beställde en lampa förra veckan och den har inte kommit än. Var är min beställning?"),
    ("da", "Hej, jeg bestilte en lampe i sidste uge, og den er ikke kommet endnu. Hvornår kommer min ordre?"),
    (
      "nb", "Hei, jeg bestilte en lampe forrige uke, og den har fortsatt ikke kommet. Når kommer bestillingen min? Takk"
    ),
    ("fi", "Hei, tilasin lampun viime viikolla ja se ei ole vielä saapunut. Missä minun tilaus on?"),
    ("tr", "Merhaba, geçen hafta bir lamba sipariş ettim ama hâlâ gelmedi. Siparişim nerede?"),
    ("cs", "Dobrý den, minulý týden jsem si objednal lampu a ještě nepřišla. Kde je moje objednávka?"),
    ("hu", "Jó napot, a múlt héten rendeltem egy lámpát, és még nem érkezett meg. Hol van a csomag?"),
    ("ro", "Bună ziua, am comandat o lampă săptămâna trecută și încă nu a ajuns. Unde este comanda mea?"),
    ("ru", "Здравствуйте, я заказал лампу на прошлой неделе, и она ещё не пришла. Где мой заказ?"),
    ("uk", "Добрий день, я замовила лампу минулого тижня, і вона ще не прийшла. Де моє замовлення?"),
    ("el", "Καλημέρα, παρήγγειλα ένα φωτιστικό την περασμένη εβδομάδα και δεν ήρθε ακόμα."),
    ("he", "שלום, הזמנתי מנורה בשבוע שעבר והיא עדיין לא הגיעה. איפה ההזמנה שלי?"),
    ("ar", "مرحبا، طلبت مصباحا الأسبوع الماضي ولم يصل بعد. أين طلبي؟"),
    ("ja", "先週ランプを注文しましたが、まだ届いていません。注文番号はLL-20411です。"),
    ("ja", "注文商品未着。確認お願いします"),
    ("ko", "안녕하세요, 지난주에 램프를 주문했는데 아직 도착하지 않았어요. 제 주문은 어디에 있나요?"),
    ("zh", "你好，我上周订了一盏灯，还没有到。请问我的订单在哪里？"),
    ("th", "สวัสดีค่ะ ฉันสั่งโคมไฟเมื่อสัปดาห์ที่แล้ว แต่ยังไม่ได้รับ"),
  ])
  func aSentenceTellsItsLanguage(language: String, text: String) {
    #expect(read(text).language.tag == language)
    #expect(read(text).language.probability >= 500)
  }

  @Test(arguments: ["it", "pt", "nl", "pl", "sv"])
  func whatWeCannotReadIsNeverClaimed(language: String) {
    let texts = [
      "it": "Vorrei un rimborso per il mio ordine, non sono contento del prodotto.",
      "pt": "Quero o reembolso do meu pedido, não estou contente com o produto.",
      "nl": "Ik wil graag een refund voor mijn order, het is niet goed.",
      "pl": "Proszę o zwrot pieniędzy, to jest nie do przyjęcia, gdzie jest refund?",
      "sv": "Jag vill ha en refund för min order, den är inte bra.",
    ]
    let reading = read(texts[language] ?? "")
    #expect(reading.language.tag == language)
    #expect(reading.intent == nil && reading.intents.isEmpty)
    #expect(reading.abstention == .unsupportedLanguage)
    #expect(!reading.cues.contains { $0.kind == .intent })
  }

  @Test func whatTheSourceSaysCountsOnlyWhereTheTextDoesNot() {
    #expect(read("Lampe kaputt", locale: "de-AT").language == .init(tag: "de", probability: 500))
    #expect(read("Refund", locale: "fr_CA").language.tag == "fr")
    #expect(read("Where is my order, please? I have been waiting for it.", locale: "de").language.tag == "en")
    #expect(read("", locale: nil).language.tag == "und")
  }
}
