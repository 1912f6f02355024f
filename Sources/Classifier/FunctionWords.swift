/// Words that hold a sentence together and say nothing of its matter, in their normal form. The model weighs them as it weighs others;
/// a person would not take "this" for the reason why somebody is said to be fed up.
///
/// Left out is what speaks in one of the languages: negations, questions, "still" and "again", "fed up", the German article that is
/// English for death, the French possessive that is an English child.
enum FunctionWords {
  static let all = WordSet(
    """
    a an the this that these those it its i im ive me my mine we our us you your yours he him his she her they them their
    is are was were be been being am have has had do does did will would shall should can could may might must and or but
    so if then than as at by for from in into of on onto to with about because which there here just very also some any
    both each put get got getting go going make made let

    el la los las un una unos unas lo le les te se nos mi mis tu tus su sus nuestro nuestra yo usted ustedes ella y o pero
    que de del al en con por para sobre entre es era fue ser estar está estoy están ha han hay había como si muy también
    este esta estos estas ese esa eso esto

    der das den dem des ein eine einen einem einer eines ich du er sie es wir ihr mich mir dich dir uns euch ihnen mein meine
    meinen meinem meiner dein deine ihre ihren unser unsere und oder aber dass wenn als im am auf aus bei mit nach von vom zu
    zum zur für durch ist sind waren sein habe hat haben hatte hatten wird werden wurde würde kann können könnte soll muss
    auch dann da hier sehr

    le je j il elle on nous vous ils elles mon ma ta tes sa ses notre votre vos leur leurs et ou mais qu qui dans sur sous
    avec pour par au aux à ce c cet cette ces d du une est sont était suis être ai avez avons ont avait très aussi
    """)
}
