internal import Events

/// Words that say how soon something is needed.
enum PressurePhrases {
  static let all: [(phrases: String, pressure: Reading.Pressure)] = [
    (
      """
      urgent|urgently|asap|as soon as possible|immediately|right now|right away|straight away|emergency|today please|hurry|time sensitive|cant wait|cannot wait|quickly as possible|quick as possible
      urgente|urgentemente|cuanto antes|lo antes posible|inmediatamente|ya mismo|dringend|so schnell wie moglich|schnellstmoglich|sofort|umgehend|eilig|eilt|urgence|au plus vite|des que possible|immediatement|tout de suite|rapidement
      """, Reading.Pressure.pressing
    ),
    (
      """
      tomorrow|by tomorrow|tonight|this afternoon|by friday|by monday|by tuesday|by wednesday|by thursday|by saturday|by sunday|before friday|before saturday|before sunday|before monday|before tuesday|before wednesday|before thursday|this weekend|this saturday|this sunday|this friday|before the weekend|by the weekend|wedding|birthday|anniversary|funeral|christening|interview|exam|leaving on|leaving for|fly out|flying out|flight on|going away on|moving out|medication|medicine|insulin|inhaler|epipen|prescription|baby formula|formula milk|perishable|will spoil|spoiled|melting|fresh food|frozen
      manana|esta noche|antes del viernes|antes del sabado|antes del lunes|este fin de semana|boda|cumpleanos|comunion|bautizo|entrevista|viaje el|medicacion|medicamento*|medicina|insulina|leche de formula|perecedero
      morgen fruh|bis morgen|schon morgen|ubermorgen|heute abend|bis freitag|bis samstag|bis montag|vor dem wochenende|am wochenende|am samstag|hochzeit|geburtstag|taufe|beerdigung|vorstellungsgesprach|urlaub am|medikament*|insulin|babynahrung|verderb*
      demain|ce soir|avant vendredi|avant samedi|avant lundi|ce weekend|ce week end|mariage|anniversaire|bapteme|enterrement|entretien|depart le|medicament*|insuline|lait maternise|perissable
      """, .deadline
    ),
  ]
}
