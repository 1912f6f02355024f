/// Words that carry feeling, with their weight from -3 to 3, and words that turn or strengthen them.
enum FeelingWords {
  typealias Entry = (name: String, weight: Int, phrases: String)

  static let all: [Entry] = [
    (
      "anger", -3,
      """
      furious|outraged|outrageous|disgusted|disgusting|disgraceful|disgrace|appalling|appalled|livid|fuming|enraged|infuriat*|unacceptable|scandalous|worst|horrible|horrendous|atrocious|pathetic|a joke|scam|scammers|thieves|liars|lying|lied to|rip off|ripped off|fed up|sick of|sick and tired|had enough|enough is enough|absolutely ridiculous|ridiculous|never again|shame on you|shameful|bullshit|shit|crap|fuck*|wtf|damn|bloody|goddamn|useless|hate
      indignad*|furios*|inaceptable|intolerable|vergonzos*|una verguenza|asco|harto|harta|pesimo|pesima|nefasto|lamentable|mierda|ladrones|estafa|tomadura de pelo|indignante
      wutend|stinksauer|unverschamt*|unfassbar|frechheit|inakzeptabel|skandal*|katastrophe|katastrophal|schnauze voll|unmoglich|verarscht|ist betrug|reiner betrug|scheiss*|verdammt|sauerei|lacherlich
      furieux|furieuse|scandaleux|scandaleuse|inadmissible|inacceptable|honteux|honteuse|honte|marre|ras le bol|lamentable|deplorable|ridicule|merde|arnaque|nimporte quoi|se moquer
      """
    ),
    (
      "frustration", -2,
      """
      frustrated|frustrating|frustration|annoyed|annoying|irritated|upset|angry|mad|disappointed|disappointing|disappointment|let down|terrible|awful|dreadful|poor service|very poor|bad service|not good enough|not acceptable|unhappy|dissatisfied|waste of|wasted|nightmare|mess|shambles|incompetent|unprofessional|unreliable|rude|ignored|ignoring me|nobody cares|no one cares|not impressed|tired of|lost patience|losing patience|patience|come on|seriously|what a|terribly|complain*|complaint
      frustrad*|enfadad*|molest*|decepcionad*|decepcion|decepcionante|mal servicio|muy mal|terrible|horrible|fatal|perdida de tiempo|cansad*|queja|ignoran
      frustriert|frustrierend|verargert|argerlich|genervt|nervt|enttauscht|enttauschend|enttauschung|sauer|schlecht|schlechter|schrecklich|furchtbar|mies|zeitverschwendung|unzufrieden|beschwer*|traurig
      frustre|frustree|enerve|enervee|agace|agacee|fache|fachee|decu|decue|decevant|deception|mecontent*|insatisfait*|nul|nulle|horrible|catastroph*|perte de temps|en colere|colere
      """
    ),
    (
      "trouble", -1,
      """
      problem|problems|issue|issues|wrong|broken|damaged|missing|lost|late|delayed|delay|fail*|error|unfortunately|sadly|confus*|worried|worry|concerned|concern|anxious|stress*|bad|sad|still not|still no|still waiting|never arrived|not working|doesnt work|didnt work|not received|hasnt arrived|havent received|never received|not arrived|cant believe|too long|taking forever|ages|forever|mistake|defective|faulty|charged twice|refuse*|declined|locked out|annoyingly|apparently
      problema|problemas|error|roto|rota|danad*|perdid*|retras*|preocupad*|mal|falta|no funciona|no ha llegado|no he recibido|todavia no|aun no|defectuos*
      problem|probleme|fehler|kaputt|defekt|beschadigt|verloren|verspat*|leider|besorgt|sorgen|fehlt|funktioniert nicht|nicht angekommen|noch nicht|immer noch|schade
      probleme|problemes|erreur|casse|cassee|abime|perdu|retard|malheureusement|inquiet|inquiete|manque|ne marche pas|ne fonctionne pas|pas recu|pas arrive|toujours pas
      """
    ),
    (
      "sadness", -2,
      """
      heartbroken|devastated|distraught|desperate|in tears|crying|cried|panicking|terrified|scared|ashamed|embarrass*|ruined|ruin|hopeless|helpless|miserable|depress*|passed away|funeral
      desesperad*|llorando|destrozad*|arruinad*|falleci*|verzweifelt|weine|am boden|ruiniert|verstorben|desespere*|en larmes|pleure|gache*|decede*|bouleverse*
      """
    ),
    (
      "contentment", 1,
      """
      good|nice|fine|ok thanks|okay|glad|pleased|happy|helpful|friendly|appreciate|appreciated|thanks|thank you|cheers|quick|fast|works well|no rush|no worries|please and thank|looking forward|bien|contento|contenta|amable|gracias|gut|zufrieden|freundlich|danke|nett|bien recu|content|contente|gentil|merci|satisfait*
      """
    ),
    (
      "joy", 3,
      """
      love it|love them|love this|love my|love the|absolutely love|adore|amazing|awesome|excellent|fantastic|wonderful|brilliant|perfect|superb|outstanding|incredible|delighted|thrilled|over the moon|best ever|the best|so happy|very happy|really happy|beautiful|gorgeous|exceeded my|well done|great|impressed|thank you so much|thanks so much|highly recommend
      me encanta|encantad*|excelente|maravillos*|fantastic*|increible|perfecto|perfecta|genial|estupend*|muy content*|muchas gracias|mil gracias
      liebe es|begeistert|ausgezeichnet|fantastisch|wunderbar|wunderschon|perfekt|super|toll|tolle|toller|grossartig|hervorragend|sehr zufrieden|vielen dank|spitze|klasse
      jadore|excellent|excellente|merveilleu*|fantastique|formidable|parfait|parfaite|superbe|magnifique|ravi|ravie|genial|geniale|tres content*|merci beaucoup|merci infiniment
      """
    ),
  ]

  /// Words that turn the next feeling round: "not happy".
  static let negations: Set<String> = Set(
    """
    not no never dont doesnt didnt isnt wasnt arent cant cannot wont without hardly barely nothing nobody
    nunca sin tampoco nada nicht kein keine keinen nie niemals ohne pas jamais aucun aucune rien sans
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Words that strengthen the next feeling: "very angry".
  static let boosters: Set<String> = Set(
    """
    very really so extremely absolutely completely totally utterly beyond incredibly seriously truly deeply
    muy tan totalmente completamente sehr total absolut vollig wirklich extrem tres vraiment completement absolument totalement
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  static let joyful: Set<Unicode.Scalar> = [
    "😀", "😃", "😄", "😁", "😊", "🙂", "😍", "🥰", "😘", "❤", "💕", "👍", "🙏", "🎉", "✨", "🤩", "💖",
  ]
  static let angry: Set<Unicode.Scalar> = ["😡", "🤬", "😠", "👿", "💩", "🖕", "👎", "😤", "🤮"]
  static let sad: Set<Unicode.Scalar> = ["😢", "😭", "😞", "😔", "☹", "🙁", "😩", "😫", "💔", "😰", "😱", "😟"]
}
