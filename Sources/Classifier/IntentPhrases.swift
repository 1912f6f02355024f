/// What customers say when they want something, in English, Spanish, German and French.
///
/// Names are the taxonomy's. The model weighs them with everything else a text says.
enum IntentPhrases {
  static let all: [(intent: String, phrases: String)] = [
    (
      "order_status",
      """
      where is my order|where is my package|where is my parcel|where is my delivery|where is my stuff|wheres my order
      wheres my package|wheres my parcel|wheres my stuff|wheres my delivery|where is order|where is it|where are my|where .. is my order
      where my order is|where my package is|where my parcel is|where .. order .. is|where the hell is|wheres it at|whats happening with my order
      status of my order|status of order|order status|status of .. order|status of .. purchase|purchase .. status|order .. status
      track my order|track my package|track my parcel|track order|track .. order|track .. package|track .. parcel|tracking .. not updat*
      has my order shipped|has it shipped|has .. been shipped|has .. shipped yet|did my order ship|has .. been dispatched|is my order on its way
      when will my order arrive|when will it arrive|when will .. arrive|when will i get|when will i receive|when is my order
      when is .. coming|when does it arrive|when can i expect|when should i expect|when do i get my|any news on my order|any update on my order
      any news about my|update on my order|update on .. order|eta of|eta for|eta on|eta of purchase|check .. order|checking .. order|check on my order
      what is happening with my order|still waiting for my order|still waiting on my order|still waiting for .. order|waiting for my order|waiting on my order
      waiting for my package|waiting for my parcel|still waiting for my|tracking says|tracking shows|tracking number .. not|tracking hasnt|no tracking
      not moved|hasnt moved|has not moved|stuck in|no scan|expected delivery date|estimated delivery
      donde esta mi pedido|donde esta mi paquete|donde esta el pedido|donde esta mi|estado de mi pedido|estado del pedido|seguimiento de mi pedido
      cuando llega|cuando llegara|cuando va a llegar|cuando recibire|cuando me llega|sigo esperando mi|mi pedido no se mueve|ha salido mi pedido|sabeis algo de mi pedido|saben algo de mi pedido
      wo ist meine bestellung|wo ist mein paket|wo bleibt meine|wo bleibt mein|wo bleibt die|wo bleibt das|wo ist die lieferung|status meiner bestellung|wo ist meine lieferung|stand meiner bestellung
      wann kommt meine|wann kommt mein|wann kommt die|wann kommt das|wann wird .. geliefert|wann kommt sie|wann kommt es|wurde .. verschickt|sendungsverfolgung|warte .. auf meine bestellung|warte .. auf mein paket
      ou est ma commande|ou est mon colis|ou en est ma commande|ou se trouve ma commande|ou en est|suivi de ma commande|suivi de commande|statut de ma commande
      quand vais je recevoir|quand arrivera|quand arrive|quand sera livre|jattends ma commande|jattends mon colis|attends toujours ma commande|attends toujours mon colis|mon colis est bloque
      """
    ),
    (
      "delivery_issue",
      """
      never arrived|never came|never received|never got my|did not arrive|didnt arrive|hasnt arrived|has not arrived|havent received|have not received|not received|not been delivered
      did not receive|didnt receive|didnt get my|not delivered|wasnt delivered|was not delivered|not arrived|still not here|still hasnt come|still not arrived|isnt here|not here yet
      says delivered|says it was delivered|marked as delivered|marked delivered|shows delivered|shows as delivered|status delivered but
      package is lost|parcel is lost|package lost|parcel lost|lost in the post|lost in transit|lost parcel|lost package|lost my package|lost my parcel|package went missing|parcel is missing|package is missing
      package was stolen|parcel was stolen|stolen from my porch|stolen from .. door|delivery is late|delivery late|late delivery|order is late|order late|package is late|parcel is late|is late|running late|overdue
      delayed|delay in|delay order|is delayed|was delayed|been delayed|why .. delay|arrived damaged|arrived broken|arrived smashed|arrived crushed|damaged in transit|damaged on arrival|box was damaged|box was crushed|package was open*|parcel was open*
      wrong house|wrong door|left outside|left .. in the rain|driver .. never|courier .. never|nobody rang|no one rang|delivery attempt|attempted delivery|tried to deliver|missed delivery|missed the delivery
      no ha llegado|no me ha llegado|no llego|no he recibido|no lo he recibido|aun no ha llegado|todavia no ha llegado|no ha llegado nada|paquete perdido|se ha perdido|entregado pero|figura como entregado|pone entregado|llego roto|llego danado|con retraso|retraso en|retrasado|va con retraso|llega tarde
      nicht angekommen|nie angekommen|nicht erhalten|noch nicht da|immer noch nicht|nicht geliefert|verspatet|verspatung|paket verloren|verloren gegangen|als zugestellt|angeblich zugestellt|beschadigt angekommen|kaputt angekommen|zustellversuch|lieferung verzogert|verzogerung
      pas arriv*|pas encore arriv*|pas recu|jamais recu|jamais arriv*|nai rien recu|nai toujours pas recu|nai pas recu|indique livre|marque livre|marque comme livre|colis perdu|colis est perdu|en retard|retard de livraison|arrive casse|arrive abime|colis endommage|tentative de livraison
      """
    ),
    (
      "delivery_info",
      """
      how long does delivery|how long does shipping|how long .. take to arrive|how long .. delivery take|how long .. to deliver|how long .. shipping|delivery time|delivery times|shipping time|shipping times|delivery option*|shipping option*|delivery method*|shipping method*|delivery period*
      do you deliver to|do you ship to|deliver to .. country|ship internationally|international shipping|can you deliver to|can you ship to|shipping cost*|shipping price*|delivery cost*|delivery charge*|delivery fee*|shipping fee*|cost of shipping|cost of delivery|how much is shipping|how much is delivery|free shipping|express delivery|next day delivery|same day delivery|order from .. where|can i place an order from|possible to place an order from
      cuanto tarda el envio|cuanto tarda|enviais a|envian a|hacen envios|gastos de envio|coste de envio|opciones de envio|plazo de entrega
      wie lange dauert die lieferung|wie lange dauert der versand|lieferzeit|lieferzeiten|liefern sie nach|liefert ihr nach|versenden sie nach|versandkosten|versandoptionen
      combien de temps .. livraison|delai de livraison|delais de livraison|livrez vous|frais de port|frais de livraison|options de livraison
      """
    ),
    (
      "change_address",
      """
      change .. address|change my address|update my address|update .. address|wrong address|correct the address|correct my address|typo in my address|mistake in my address|new address|different address|another address|other address|moved house|we moved|ive moved|i moved|deliver it to .. instead|ship it to .. instead|send it to my .. instead|edit .. address|set up .. address|shipping address|delivery address|confirm .. address
      cambiar la direccion|cambiar mi direccion|cambio de direccion|direccion equivocada|direccion incorrecta|otra direccion|me he mudado|modificar la direccion
      adresse andern|lieferadresse|falsche adresse|andere adresse|neue adresse|umgezogen|adresse .. andern|anschrift andern
      changer ladresse|changer mon adresse|changement dadresse|mauvaise adresse|autre adresse|nouvelle adresse|adresse de livraison|demenage|modifier ladresse
      """
    ),
    (
      "change_order",
      """
      change my order|change order|modify my order|modify order|edit my order|edit order|update my order|amend my order|change .. purchase|correct purchase|correct .. order|modify .. purchase|modify .. order|edit .. order|change .. order|edit .. purchase
      add .. to my order|add .. to the order|add another|remove .. from my order|remove .. from the order|remove .. from order|take .. off my order|delete item*|add item*|remove item*|swap .. item|swap the|ordered the wrong size|ordered the wrong colour|ordered the wrong color|ordered wrong|by mistake ordered|ordered two by mistake|ordered .. by mistake|change the size|change the colour|change the color|change the quantity
      cambiar mi pedido|cambiar el pedido|modificar mi pedido|modificar el pedido|anadir .. al pedido|quitar .. del pedido|me equivoque de talla
      bestellung andern|bestellung .. andern|meine bestellung andern|artikel hinzufugen|artikel entfernen|falsche grosse bestellt
      modifier ma commande|changer ma commande|ajouter .. a ma commande|retirer .. de ma commande|trompe de taille
      """
    ),
    (
      "cancel_order",
      """
      cancel my order|cancel order|cancel the order|cancel this order|cancel it|cancel that order|cancel purchase|cancel my purchase|cancel .. order|cancel .. purchase|order cancel*|want to cancel|like to cancel|need to cancel|please cancel|can i cancel|cancelling my order|canceling my order|cancellation of|stop the order|stop my order|dont want it anymore|dont want it any more|dont want order|dont want the order|dont want purchase|no longer want|no longer need
      cancelar mi pedido|cancelar el pedido|anular mi pedido|anular el pedido|quiero cancelar|quiero anular|cancelar la compra|ya no lo quiero|cancelar pedido
      bestellung stornieren|stornieren|storniert|storno|bestellung widerrufen|bestellung abbrechen|nicht mehr haben
      annuler ma commande|annuler la commande|annuler cette commande|annulation de|je veux annuler|souhaite annuler|annuler mon achat
      """
    ),
    (
      "ordering_help",
      """
      how do i order|how can i order|how to order|how to buy|how can i buy|how do i buy|place an order|placing an order|place my order|make an order|help me order|help with ordering|make a purchase|making a purchase|payment method*|payment option*|payment modalit*|do you accept|accept paypal|accept credit|pay with|pay by|pay on delivery|cash on delivery|pay in instalments|pay in installments|i want to order|i want to buy|want to buy|would like to buy|would like to order|like to purchase|acquire
      como hago un pedido|como puedo comprar|hacer un pedido|formas de pago|metodos de pago|pagar con
      wie kann ich bestellen|wie bestelle ich|bestellung aufgeben|zahlungsmethoden|zahlungsarten|zahlen mit|auf rechnung
      comment commander|passer commande|passer une commande|moyens de paiement|modes de paiement|payer avec|payer par
      """
    ),
    (
      "return_exchange",
      """
      return it|return them|return this|return my|return the|return an item|return .. item|return label|return process|start a return|start return|returning|send it back|send them back|send this back|want to return|like to return|need to return|exchange it|exchange them|exchange for|exchange .. for|want to exchange|like to exchange|an exchange|replace it|replacement|replaced|different size|bigger size|smaller size|wrong size|too small|too big|doesnt fit|does not fit|didnt fit|dont fit|swap it for
      devolver|devolucion|quiero devolverlo|cambiarlo por|cambiar la talla|talla equivocada|me queda pequen*|me queda grande|etiqueta de devolucion
      zuruckschicken|zurucksenden|rucksendung|retoure|umtauschen|umtausch|retourenschein|retournieren|passt nicht|zu klein|zu gross
      renvoyer|retourner|retour de|faire un retour|bon de retour|etiquette de retour|echanger|echange|trop petit|trop petite|trop grand|trop grande|taille ne
      """
    ),
    (
      "product_issue",
      """
      is broken|are broken|was broken|came broken|its broken|arrived faulty|is faulty|faulty|defective|defect|doesnt work|does not work|dont work|not working|stopped working|wont turn on|wont start|wont charge|doesnt turn on|doesnt charge|fell apart|falling apart|came apart|ripped|a tear|has a hole|holes in|scratched|cracked|a crack|dented|leaks|leaking|snapped|wrong item|wrong product|wrong colour|wrong color|sent me the wrong|sent the wrong|received the wrong|received a wrong|got the wrong|different item|not what i ordered|missing part*|missing a part|parts missing|missing .. screw*|missing item*|item missing|items missing|item is missing|one .. missing|only received one|only received .. of|incomplete|poor quality|bad quality|expired product|tampered|stain on|stained
      no funciona|esta roto|esta rota|vino roto|llego defectuos*|defectuoso|defectuosa|producto equivocado|articulo equivocado|me han enviado otro|falta una pieza|faltan piezas|falta un articulo|dejo de funcionar|estropead*
      funktioniert nicht|geht nicht|ist kaputt|kaputt|defekt|falscher artikel|falschen artikel|falsches produkt|fehlt ein teil|fehlende teile|teile fehlen|es fehlt|fehlt|mangelhaft|gerissen|zerkratzt
      ne marche pas|ne fonctionne pas|ne marche plus|est casse|est cassee|defectueux|defectueuse|mauvais article|pas le bon article|il manque|piece manquante|tombe en panne|dechire
      """
    ),
    (
      "refund_request",
      """
      want a refund|want my money back|like a refund|need a refund|get a refund|request a refund|ask for a refund|give me a refund|give me my money|give me back my money|getting a refund|refund me|refund my|refund the|refund this|refund for|refund of|full refund|partial refund|i want refund|my money back|money back|a rebate|a reimbursement|reimburse me|get reimbursed|ask for a rebate|obtain a refund|claim a refund|compensation for|compensate me
      quiero un reembolso|quiero que me devuelvan|devolvedme el dinero|devuelvanme el dinero|devuelvan mi dinero|mi dinero de vuelta|solicitar un reembolso|reembolso de|que me reembols*|exijo el reembolso|reembolso
      geld zuruck|erstattung|ruckerstattung|mochte mein geld|erstatten sie|erstattet mir|will mein geld
      je veux etre rembourse|je veux un remboursement|remboursez moi|etre rembourse|me faire rembourser|demande de remboursement|remboursement de|remboursement|rembourser
      """
    ),
    (
      "refund_status",
      """
      where is my refund|wheres my refund|when will i get my refund|when .. my refund|status of my refund|status of .. refund|refund status|refund .. processed|has my refund|not received my refund|havent received my refund|havent got my refund|havent received .. refund|still waiting for my refund|still waiting for .. refund|still no refund|waiting for my refund|waiting for .. refund|waiting for a refund|waiting for a rebate|track .. refund|check .. refund|refund .. not arrived|refund hasnt|refund has not|refund .. taking|expect a refund|expect a rebate|expect a restitution|was my refund
      donde esta mi reembolso|cuando recibire mi reembolso|cuando .. reembolso|estado de mi reembolso|estado del reembolso|no he recibido el reembolso|sigo esperando el reembolso|esperando .. reembolso
      wo bleibt meine erstattung|wo bleibt mein geld|wann bekomme ich mein geld|wann kommt die erstattung|erstattung .. noch nicht|status der erstattung|warte .. auf .. erstattung
      ou en est mon remboursement|quand serai je rembourse|quand vais je etre rembourse|toujours pas ete rembourse|pas recu mon remboursement|attends mon remboursement|attends toujours mon remboursement|statut de mon remboursement
      """
    ),
    (
      "policy_question",
      """
      return policy|returns policy|refund policy|cancellation policy|money back policy|warranty policy|your policy|policy on|how long do i have to return|how many days .. return|how many days .. refund|can i return .. if|in what situations|in which cases|in what cases|is there a warranty|how long is the warranty|what is the warranty|under warranty|warranty period|cancellation fee*|cancellation charge*|termination fee*|termination charge*|cancellation penalt*|early termination|withdrawal penalt*|exit fee*|restocking fee|terms and conditions|privacy policy|what happens if i
      politica de devolucion*|politica de reembolso|cuantos dias tengo para|garantia|gastos de cancelacion|condiciones de
      ruckgaberecht|widerrufsrecht|ruckgabefrist|garantie|gewahrleistung|stornogebuhr*|wie lange kann ich .. zuruck
      politique de retour|politique de remboursement|droit de retractation|combien de jours .. retour|sous garantie|frais dannulation|conditions generales
      """
    ),
    (
      "invoice",
      """
      invoice|invoices|a receipt|my receipt|the receipt|receipt for|vat receipt|tax receipt|copy of the bill|my bill|get .. bill|download .. bill|see .. bill|bill details|vat number
      factura|facturas|recibo de|rechnung .. brauche|rechnung fur|eine rechnung|die rechnung|meine rechnung|rechnungen|quittung|kaufbeleg|facture|factures|recu dachat
      """
    ),
    (
      "payment_issue",
      """
      charged twice|charged me twice|double charge*|double charged|charged two times|billed twice|overcharged|charged too much|charged the wrong|wrong amount|unknown charge|unrecognised charge|unrecognized charge|dont recognise .. charge|dont recognize .. charge|dont recognise .. payment|charge .. dont recogni*|charged .. without|charged my card|charged me for|payment failed|payment .. declined|card .. declined|card was declined|payment .. not go through|payment didnt go through|payment doesnt go through|payment wont go through|payment not going through|cant pay|cannot pay|unable to pay|problem .. payment|problems with .. payment|issue .. payment|issues with .. payment|error .. payment|payment error|payment issue*|payment problem*|trouble .. payment|took money twice|money was taken|money taken|deducted|debited
      cobrado dos veces|cobrado doble|doble cargo|cobro duplicado|me han cobrado|cargo desconocido|no reconozco el cargo|pago rechazado|tarjeta rechazada|no puedo pagar|problema con el pago|error en el pago
      doppelt abgebucht|zweimal abgebucht|zu viel abgebucht|unbekannte abbuchung|abgebucht|zahlung fehlgeschlagen|zahlung abgelehnt|karte abgelehnt|kann nicht bezahlen|problem mit der zahlung|zahlungsproblem
      debite deux fois|preleve deux fois|double prelevement|double debit|facture deux fois|prelevement inconnu|paiement refuse|carte refusee|paiement echoue|impossible de payer|probleme de paiement|probleme avec le paiement
      """
    ),
    (
      "coupon_promo",
      """
      coupon|coupons|promo code|promo codes|promotional code|discount code|discount codes|voucher|vouchers|gift card|gift cards|code .. not working|code doesnt work|code isnt working|code .. invalid|code .. expired|apply .. discount|student discount|any discount*|any promotion*|any offers|referral|refer a friend|loyalty points|reward points|missing points|sale price|price match
      codigo promocional|codigo de descuento|cupon|cupones|codigo no funciona|vale de descuento|tarjeta regalo|descuento no
      gutschein|gutscheincode|rabattcode|rabatt|geschenkkarte|code funktioniert nicht|code geht nicht|punkte sammeln
      code promo|code de reduction|code ne marche pas|code ne fonctionne pas|bon de reduction|bon dachat|carte cadeau|reduction ne|parrainage
      """
    ),
    (
      "product_question",
      """
      is it available|is this available|in stock|out of stock|back in stock|restock|is it waterproof|is this waterproof|is it machine washable|what material|made of|what size should|which size should|size guide|size chart|dimensions of|what are the dimensions|how big is|how heavy is|compatible with|does it come with|does this come with|does it have|does the .. have|do you have .. in|do you sell|do you stock|difference between|which one should|would you recommend|good for|suitable for|is it safe for|ingredients|how do i use|how to use|how to wash|instructions for|is the .. suitable|will it fit|can i use it|can you tell me more about
      esta disponible|hay stock|teneis stock|de que material|que talla|es compatible|viene con|diferencia entre|se puede lavar|como se usa
      ist .. verfugbar|auf lager|wieder lieferbar|welche grosse|aus welchem material|kompatibel|passt das zu|unterschied zwischen|haben sie .. in|wie benutze ich|waschbar
      est il disponible|est ce disponible|en stock|quelle taille|quelle matiere|compatible avec|difference entre|avez vous .. en|lavable|comment utiliser
      """
    ),
    (
      "website_issue",
      """
      website is down|website is slow|website not working|website doesnt work|website wont|website .. crash*|site is down|site .. crash*|site is slow|site wont load|app crash*|app keeps crashing|app is not working|app doesnt work|app .. not working|app wont|page not loading|page wont load|page doesnt load|page .. blank|page .. expires|checkout .. not working|checkout doesnt work|cant check out|cant checkout|cant add .. to cart|cart .. empty|shopping cart|error message|error 500|error 404|search .. not working|search doesnt work|search function|spinning wheel|button doesnt|button .. nothing|link doesnt work|link .. broken|broken link|cant place an order
      la web no funciona|la pagina no carga|pagina no funciona|la app no|error en la web|no carga la pagina|no me deja pagar|no me deja comprar
      webseite .. nicht|website .. nicht|seite ladt nicht|app sturzt|app funktioniert nicht|fehlermeldung|warenkorb
      site ne marche pas|site ne fonctionne pas|page ne charge pas|lapplication plante|lappli plante|appli ne|message derreur|le panier
      """
    ),
    (
      "account_access",
      """
      cant log in|cannot log in|cant login|cannot login|cant sign in|cannot sign in|unable to log in|unable to login|not able to log in|log in to my account|logging into my account|login problem*|problem .. logging in|locked out|account is locked|account locked|account .. blocked|account .. suspended|forgot my password|forgot password|forgotten my password|forgot my username|forgot my email|reset my password|reset password|password reset|reset .. password|recover my password|recover .. password|recover .. account|recover .. key|recover .. pin|retrieve .. password|lost my password|lost password|new password|change my password|password .. not working|password doesnt work|cant access my account|cannot access my account|cant get into my account|access my account|two factor|verification code|verification email|hacked|been hacked|pin code|user key|access key
      no puedo entrar|no puedo iniciar sesion|no puedo acceder|he olvidado mi contrasena|olvide mi contrasena|olvide la contrasena|restablecer contrasena|recuperar mi contrasena|recuperar contrasena|cuenta bloqueada|cambiar mi contrasena
      kann mich nicht einloggen|kann mich nicht anmelden|einloggen|passwort vergessen|passwort zurucksetzen|konto gesperrt|ausgesperrt|kein zugriff auf mein konto|gehackt
      me connecter|mot de passe oublie|oublie mon mot de passe|reinitialiser mon mot de passe|reinitialiser le mot de passe|compte bloque|acceder a mon compte|compte pirate|ete pirate
      """
    ),
    (
      "account_manage",
      """
      create an account|create account|create a new account|open an account|open account|sign up for an account|register an account|register|registration|sign up|update my details|update my profile|update my information|update my email|update my phone|update info*|update .. account|change my email|change my phone|change the email|change the phone|change my name|change the name|change my details|change .. details|change .. information|change .. profile|edit my account|edit my profile|edit .. account|edit .. details|edit .. profile|modify .. account|modify .. details|modify .. profile|modify info*|switch account*|switch to .. account|change to .. account|use .. different account|use .. another account|different user account|my account details|personal data|personal information|personal details|account information|correct* information|correct* details
      crear una cuenta|abrir una cuenta|darme de alta|registrarme|actualizar mis datos|cambiar mi correo|cambiar mi email|cambiar mi telefono|cambiar mis datos|modificar mis datos
      konto erstellen|konto eroffnen|registrieren|anmeldung|daten andern|meine daten|email andern|telefonnummer andern|e mail adresse andern|kundenkonto
      creer un compte|ouvrir un compte|minscrire|inscription|modifier mes informations|changer mon adresse mail|changer mon email|changer mon numero|mes coordonnees
      """
    ),
    (
      "delete_account",
      """
      delete my account|delete account|delete .. account|close my account|close account|close .. account|closing .. account|closing account|cancel my account|cancel account|cancel .. account|remove my account|remove .. account|deactivate my account|deactivate .. account|terminate .. account|delete my data|delete all my data|delete .. data|erase my data|erase all my data|remove my data|right to be forgotten|right to erasure|gdpr request|deletion of my
      borrar mi cuenta|eliminar mi cuenta|eliminar la cuenta|cerrar mi cuenta|borrar mis datos|eliminar mis datos|dar de baja mi cuenta
      konto loschen|konto .. loschen|account loschen|daten loschen|loschung meiner daten|konto schliessen|kundenkonto loschen
      supprimer mon compte|supprimer le compte|fermer mon compte|cloturer mon compte|supprimer mes donnees|effacer mes donnees|suppression de mon compte|suppression de mes donnees
      """
    ),
    (
      "subscription",
      """
      unsubscribe|newsletter|newsletters|mailing list|stop sending me email*|stop emailing me|stop the emails|marketing email*|too many emails|cancel my subscription|cancel subscription|cancel the subscription|my subscription|the subscription|a subscription|subscription|subscribe|renewal|auto renew*|renewed automatically|membership|my plan|billing plan|upgrade my plan|downgrade my plan|change my plan|switch .. plan|free trial|premium plan|monthly plan|annual plan|skip .. box|pause my
      darme de baja|boletin|suscripcion|cancelar la suscripcion|dejen de enviarme|membresia|cambiar de plan|prueba gratis
      newsletter abbestellen|abbestellen|abmelden|abo|abonnement|abo kundigen|kundigen|kundigung|mitgliedschaft|probemonat
      me desabonner|desabonner|desinscrire|resilier|abonnement|infolettre|renouvellement|essai gratuit
      """
    ),
    (
      "feedback_review",
      """
      leave a review|write a review|leave .. review|post a review|submit .. review|leave feedback|give feedback|submit feedback|submit my feedback|leave .. feedback|send .. feedback|some feedback|my opinion|leave an opinion|just wanted to say|just wanted to thank|thank you so much for|love it|love the|love my|absolutely love|great service|excellent service|amazing service|fantastic service|great job|well done|so happy with|very happy with|really happy with|delighted|best shop|best store|keep up the good work|compliments to|perfect thank*|arrived early|beautiful
      dejar una opinion|dejar una resena|escribir una resena|muy contenta con|muy contento con|me encanta|excelente servicio|gran servicio|solo queria dar las gracias|enhorabuena
      bewertung abgeben|bewertung schreiben|feedback geben|sehr zufrieden|bin begeistert|toller service|super service|wollte mich nur bedanken|grosses lob|tolle qualitat
      laisser un avis|donner mon avis|ecrire un avis|tres contente de|tres content de|tres satisfait*|jadore|excellent service|merci beaucoup pour|bravo pour|je voulais simplement remercier
      """
    ),
    (
      "complaint",
      """
      make a complaint|file a complaint|file .. complaint|lodge a complaint|lodge .. complaint|raise a complaint|filing a complaint|formal complaint|want to complain|complain about|complaint about|complaint against|consumer complaint|customer complaint|consumer claim|customer claim|a claim against|file a claim|lodge .. claim|worst service|worst company|worst shop|terrible service|awful service|appalling service|horrible service|disgraceful|rude|unprofessional|shambles|your service is|customer service is|never shopping|never buying|never order* again|never again|joke of a company|absolute joke|poner una queja|presentar una queja|una reclamacion|poner una reclamacion|queja formal|hoja de reclamaciones|pesimo servicio|vergonzoso|una verguenza
      beschweren|beschwerde|reklamation|schlechter service|unverschamt|frechheit|unmoglich ist das|nie wieder
      faire une reclamation|deposer une plainte|me plaindre|reclamation|service deplorable|service lamentable|scandaleux|inadmissible|honteux|plus jamais
      """
    ),
    (
      "contact_human",
      """
      speak to a human|speak to a person|speak with a person|speak with a human|speak to someone|speak with someone|speak to an agent|speak with an agent|speak to a manager|speak to your manager|speak .. supervisor|talk to a human|talk to a person|talk to someone|talk with someone|talk to an agent|talk with an agent|talk .. agent|talk to a real|speak to a real|real person|real human|human being|live agent|live person|live chat|human agent|customer service number|customer support number|phone number .. call|call customer|calling customer|contact customer|contact your|contact support|contact someone|reach customer|reach someone|chat with someone|chat with an agent|chat with a human|customer assistance|free phone number|toll free|give me a call|call me back|call me|please call|ring me|not a bot|not a robot|a manager
      hablar con una persona|hablar con alguien|hablar con un agente|hablar con un humano|persona real|llamadme|llamenme|atencion al cliente|telefono de contacto|numero de telefono
      mit einem menschen|mit einem mitarbeiter|mit jemandem sprechen|echten menschen|ruckruf|rufen sie mich an|kundenservice erreichen|telefonnummer .. kundenservice|hotline
      parler a un humain|parler a quelquun|parler a une personne|parler a un conseiller|vraie personne|rappelez moi|service client|un conseiller|numero de telephone du
      """
    ),
  ]
}
