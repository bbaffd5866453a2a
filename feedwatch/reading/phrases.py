"""The wording of what stands around articles, in the languages of news.

Longer than a module should be, because it is a table. A line lists phrases between bars. Words are compared without
case, accents stay; "…" stands for up to five words. HEADINGS must be the whole of a line (numbers aside); PHRASES may
stand anywhere in a short paragraph; those with "~" before them count only together with another sign of furniture; for CORRECTION, at the start of the line.
"""

# ruff: noqa: E501

from __future__ import annotations

from enum import StrEnum


class Matter(StrEnum):
    """What a piece of furniture is for."""

    RELATED = "related"
    COMMENTS = "comments"
    NEWSLETTER = "newsletter"
    SHARE = "share"
    ADVERT = "advert"
    TOPICS = "topics"
    AUTHOR = "author"
    CONSENT = "consent"
    BROWSER = "browser"
    ACCOUNT = "account"
    PAYWALL = "paywall"
    APPEAL = "appeal"
    APP = "app"
    PLAYER = "player"
    MENU = "menu"
    LEGAL = "legal"
    CONTACT = "contact"
    POLL = "poll"
    CORRECTION = "correction"  # the opposite of furniture: the article's own note


HEADINGS: dict[Matter, str] = {
    Matter.RELATED: """
related | related stories | related articles | related news | related content | related topics | related coverage
related reading | related links | related posts | related items | related videos | related video | related story
related article | you may also like | you might also like | you may like | you might like | you may also be interested in
you might be interested in | you might also be interested in | recommended | recommended for you | recommended stories
recommended reading | recommended articles | we recommend | read more | read next | read also | also read | up next
next up | more on … | more from … | more in … | more about … | more stories | more news | more like this | more to read
more to explore | more coverage | more headlines | see also | see more | don't miss | in case you missed it
what to read next | from our partners | from around the web | around the web | sponsored stories | sponsored content
promoted content | promoted stories | our picks | editors' picks | editor's picks | editors picks | editor's choice
top picks | suggested … | further reading | keep reading | continue reading | explore more | discover more | latest news
latest stories | latest from … | the latest | latest | latest headlines | top stories | must read | must reads
must watch | watch more | watch next | in other news | other stories | also on … | more videos | today's top stories
stories for you | just in | trending | trending now | trending stories | trending topics | popular | popular now
popular stories | popular articles | most popular | most read | most viewed | most watched | most shared
most commented | most discussed | most recent | top read | hot topics | people are reading | what others are reading
readers also read | others also read | people also read | today in … | read more on … | read more about … | explore
more on this story | more on this topic | the big read | best of … | on our radar | what we're reading | also in the news

ähnliche artikel | ähnliche beiträge | ähnliche themen | verwandte artikel | verwandte themen | mehr zum thema
mehr zu … | mehr aus … | mehr von … | mehr artikel | weitere artikel | weitere themen | weitere meldungen
weitere nachrichten | weitere informationen | weitere beiträge | lesen sie auch | lesen sie mehr | lesen sie weiter
auch interessant | das könnte sie auch interessieren | das könnte dich auch interessieren | das könnte sie interessieren
passend zum thema | zum thema | meistgelesen | meistgelesene artikel | meist gelesen | am meisten gelesen
die meistgelesenen artikel | meistgesehen | meistkommentiert | beliebt | beliebte artikel | beliebteste artikel
empfohlen | empfehlungen | empfohlene artikel | empfehlungen der redaktion | unsere empfehlungen | aktuelles
aktuelle nachrichten | neueste artikel | neueste nachrichten | neuste artikel | top-themen | topthemen | top-artikel
schlagzeilen | nicht verpassen | aus unserem netzwerk | aus dem ressort | mehr lesen | weiterlesen | siehe auch
mehr dazu | dazu passend | leser interessierten sich auch für | im trend | anzeige empfehlungen

à lire aussi | a lire aussi | lire aussi | à lire également | à voir aussi | à lire | sur le même sujet
sur le même thème | articles liés | articles similaires | articles recommandés | articles associés | dans la même rubrique
les plus lus | les plus partagés | les plus commentés | les plus populaires | le plus lu | les articles les plus lus
le plus populaire | à la une | plus d'articles | plus d'actualités | plus sur … | en savoir plus | voir aussi
vous aimerez aussi | vous pourriez aussi aimer | ces articles pourraient vous intéresser | pour aller plus loin
pour en savoir plus | recommandé pour vous | recommandés pour vous | nos recommandations | la sélection de la rédaction
le choix de la rédaction | les choix de la rédaction | dernières actualités | dernières infos | dernières nouvelles
derniers articles | l'actualité en continu | en direct | en continu | tendances | populaires | contenus sponsorisés
les plus récents | suggestions | à découvrir | ailleurs sur le web | lire la suite | notre sélection

noticias relacionadas | artículos relacionados | contenido relacionado | contenidos relacionados | relacionadas
relacionado | relacionados | te puede interesar | te puede interesar también | también te puede interesar
le puede interesar | quizás te interese | quizá te interese | te recomendamos | recomendado | recomendados
recomendamos | lee también | lea también | leer también | ver también | además | más noticias | más información
más sobre … | más en … | más de … | más artículos | más leídas | más leídos | lo más leído | las más leídas
los más leídos | lo más visto | lo más compartido | lo más comentado | más visto | más populares | lo más popular
últimas noticias | última hora | lo último | tendencias | destacadas | destacados | no te pierdas | sigue leyendo
seguir leyendo | leer más | en portada | otras noticias | otros artículos | contenido patrocinado | notas relacionadas
archivado en | temas relacionados | nuestra selección

leggi anche | articoli correlati | notizie correlate | contenuti correlati | potrebbe interessarti
potrebbe interessarti anche | potrebbero interessarti | ti potrebbe interessare | ti potrebbero interessare
altri articoli | altre notizie | più letti | i più letti | le più lette | più lette | più visti | i più visti
più condivisi | più popolari | i più popolari | articoli più letti | ultime notizie | ultim'ora | ultimi articoli
ultima ora | in evidenza | da non perdere | consigliati | consigliati per te | i nostri consigli | scelti per te
approfondisci | approfondimenti | per approfondire | vedi anche | guarda anche | continua a leggere | leggi tutto
leggi di più | sullo stesso argomento | di tendenza | dalla redazione | contenuti sponsorizzati | primo piano

leia também | leia mais | veja também | veja mais | saiba mais | notícias relacionadas | artigos relacionados
matérias relacionadas | conteúdo relacionado | relacionadas | mais lidas | as mais lidas | mais lidos | mais vistas
mais vistos | mais populares | mais notícias | mais sobre … | mais de … | mais em … | últimas notícias | últimas
você também pode gostar | talvez você goste | pode interessar | recomendado para você | recomendados | recomendadas
em destaque | destaques | não perca | continue lendo | continuar a ler | ler mais | outras notícias
assuntos relacionados | tópicos relacionados | conteúdo patrocinado | em alta | assista também | ouça também

lees ook | lees meer | lees verder | meer over … | meer nieuws | meer van … | meer uit … | gerelateerd
gerelateerde artikelen | gerelateerd nieuws | verwante artikelen | meest gelezen | best gelezen | best bekeken
meest bekeken | populair | populaire artikelen | aanbevolen | aanbevolen voor jou | aanbevolen artikelen | net binnen
laatste nieuws | het laatste nieuws | ook interessant | bekijk ook | zie ook | mis het niet | uitgelicht
misschien vind je dit ook leuk | anderen lazen ook | trending | top nieuws | tips van de redactie

читайте также | читать также | читайте еще | читать далее | читать дальше | смотрите также | по теме | по этой теме
материалы по теме | статьи по теме | новости по теме | похожие статьи | похожие новости | похожие материалы
связанные новости | другие новости | ещё новости | еще новости | ещё по теме | еще по теме | главное | главные новости
самое читаемое | самые читаемые | самое популярное | популярное | популярные новости | популярные статьи | лучшее
рекомендуем | рекомендуемое | вам может быть интересно | вам может понравиться | вас может заинтересовать
последние новости | новости партнёров | новости партнеров | лента новостей | лента | топ новостей | в тренде
выбор редакции | сейчас читают | сейчас обсуждают | подробнее | не пропустите | больше новостей | новости дня

اقرأ أيضا | اقرأ أيضاً | اقرأ أيضًا | إقرأ أيضا | إقرأ أيضاً | اقرأ المزيد | مواضيع ذات صلة | أخبار ذات صلة
مقالات ذات صلة | موضوعات ذات صلة | ذات صلة | قد يعجبك أيضا | قد يعجبك أيضاً | قد يهمك | قد يهمك أيضا | قد يهمك أيضاً
الأكثر قراءة | الأكثر مشاهدة | الأكثر تداولا | الأكثر شعبية | الأكثر تعليقا | آخر الأخبار | أحدث الأخبار
أهم الأخبار | المزيد | المزيد من … | المزيد عن … | شاهد أيضا | شاهد أيضاً | موصى به | مختارات | عاجل | الأحدث
نرشح لك | اخترنا لك | أخبار متعلقة | مواضيع متعلقة

czytaj też | czytaj także | czytaj również | przeczytaj też | przeczytaj także | zobacz też | zobacz także | polecamy
najczęściej czytane | najnowsze | läs också | läs mer | läs även | läs vidare | mest läst | senaste nytt | relaterat
læs også | læs mere | mest læste | seneste nyt | les også | les mer | mest lest | siste nytt | lue myös | lue lisää
luetuimmat | uusimmat | διαβάστε επίσης | διαβάστε ακόμη | δείτε επίσης | διαβάστε περισσότερα | σχετικά άρθρα | δημοφιλή
τελευταία νέα | ilgili haberler | ilgili haber | ayrıca okuyun | bunları da okuyun | bunlar da ilginizi çekebilir
son haberler | en çok okunanlar | çok okunanlar | čtěte také | čtěte i | přečtěte si také | čtěte dále | mohlo by vás zajímat
nejčtenější | prečítajte si aj | čítajte tiež | citește și | citiți și | olvassa el ezt is | kapcsolódó cikkek | legolvasottabb
читайте також | схожі новини | baca juga | berita terkait | terpopuler | xem thêm | tin liên quan | đọc thêm | 관련 기사 | 관련기사
""",
    Matter.COMMENTS: """
comments | comment | join the conversation | join the discussion | have your say | leave a comment | leave a reply
post a comment | add a comment | add your comment | what do you think | share your thoughts | reader comments
readers' comments | the conversation | discussion | all comments | top comments | your comments | comments are closed
view comments | show comments | load comments | hide comments | write a comment | comments on … | reply | replies
showing … comments | sort by … | responses
kommentare | kommentar | leserkommentare | diskussion | diskutieren sie mit | diskutieren sie | mitdiskutieren
ihr kommentar | ihre meinung | kommentar schreiben | kommentar verfassen | schreiben sie einen kommentar
kommentare lesen | alle kommentare | kommentare anzeigen | antworten | was meinen sie | leserbeiträge
commentaires | commentaire | vos commentaires | réagir | réactions | vos réactions | laisser un commentaire
ajouter un commentaire | tous les commentaires | donnez votre avis | participez au débat | les commentaires | répondre
comentarios | comentario | comentar | deja un comentario | deja tu comentario | dejar un comentario | tu comentario
escribe un comentario | únete a la conversación | opina | todos los comentarios | comenta | comentarios de … | responder
commenti | commento | commenta | lascia un commento | scrivi un commento | i commenti | i vostri commenti | rispondi
inserisci un commento | partecipa alla discussione | di' la tua
comentários | comentário | deixe um comentário | deixe seu comentário | deixe o seu comentário | seu comentário
escreva um comentário | comente | todos os comentários | opinião dos leitores | participe da conversa
reacties | reactie | reageer | reageren | plaats een reactie | geef een reactie | geef een antwoord | alle reacties
praat mee | discussieer mee | jouw reactie
комментарии | комментарий | комментировать | оставить комментарий | написать комментарий | ваш комментарий
обсуждение | обсудить | добавить комментарий | все комментарии | ответить | комментарии читателей | мнения читателей
تعليقات | التعليقات | تعليق | أضف تعليقا | أضف تعليقك | أضف تعليق | اترك تعليقا | اترك تعليقاً | شارك برأيك | تعليقات القراء
""",
    Matter.NEWSLETTER: """
newsletter | newsletters | our newsletter | our newsletters | sign up | subscribe | get the newsletter | sign up now
get our newsletter | sign up for … | sign up to … | subscribe to … | stay informed | stay up to date | stay in the loop
never miss a story | get the … newsletter | get the … briefing | get … in your inbox | email alerts | get email alerts
sign up to our newsletter | subscribe now | news in your inbox | the week in your inbox | get our daily email
newsletter abonnieren | unser newsletter | unsere newsletter | jetzt anmelden | newsletter anmelden | jetzt abonnieren
kostenloser newsletter | newsletter bestellen | immer informiert | bleiben sie informiert | bleiben sie auf dem laufenden
abonnez-vous | inscrivez-vous | s'inscrire | s'abonner | la newsletter | nos newsletters | notre newsletter
recevez notre newsletter | infolettre | restez informé | je m'inscris | recevez … par mail | inscription newsletter
suscríbete | suscríbase | suscribirse | boletín | boletines | nuestro boletín | recibe … en tu correo | apúntate
boletín de noticias | inscríbete | mantente informado
iscriviti | iscriviti alla newsletter | la nostra newsletter | le nostre newsletter | resta aggiornato | abbonati
rimani aggiornato | ricevi … via mail
assine | inscreva-se | assine nossa newsletter | nossa newsletter | boletim | receba … por e-mail | subscreva | cadastre-se
fique por dentro | receba nossas notícias
nieuwsbrief | nieuwsbrieven | onze nieuwsbrief | schrijf je in | inschrijven | aanmelden | meld je aan | abonneer je
blijf op de hoogte | ontvang onze nieuwsbrief | aanmelden nieuwsbrief
подписаться | подпишитесь | рассылка | подписка | подписка на новости | подпишитесь на … | подписаться на … | наша рассылка
النشرة البريدية | اشترك | اشترك الآن | النشرة الإخبارية | اشترك في … | القائمة البريدية
""",
    Matter.SHARE: """
share | share this | share this article | share this story | share this page | share this post | share article
share on … | share via … | share with … | tweet | tweet this | email | e-mail | email this | print | print this
copy link | link copied | save | save article | save for later | bookmark | follow us | follow us on … | follow
follow … on … | connect with us | whatsapp | facebook | twitter | x | linkedin | pinterest | reddit | telegram
instagram | youtube | tiktok | flipboard | messenger | pocket | rss | shares | gift this article | about sharing
share to … | share save | share full article | follow this topic | add as preferred on google | add us on google
teilen | artikel teilen | diesen artikel teilen | beitrag teilen | auf … teilen | per mail teilen | drucken | merken
artikel merken | artikel drucken | folgen sie uns | folgen sie uns auf … | folge uns | link kopieren | weiterempfehlen
per e-mail versenden | versenden | vorlesen | zur merkliste
partager | partager cet article | partager sur … | partager l'article | imprimer | enregistrer | suivez-nous
suivez-nous sur … | nous suivre | envoyer par mail | copier le lien | offrir l'article | réagir partager | sauvegarder
compartir | compartir en … | comparte | compartir artículo | imprimir | guardar | síguenos | síguenos en … | copiar enlace
enviar por correo | compartir esta noticia
condividi | condividi su … | condividi l'articolo | condividi questo articolo | stampa | salva | seguici | seguici su …
copia link | invia per email
compartilhar | compartilhe | compartilhe no … | compartilhar no … | partilhar | partilhe | salvar | siga-nos | copiar link
siga-nos no … | compartilhe esta notícia
delen | deel | deel dit | deel dit artikel | deel op … | deel via … | opslaan | bewaren | bewaar artikel | volg ons
volg ons op … | kopieer link | artikel delen
поделиться | поделиться в … | поделитесь | распечатать | сохранить | скопировать ссылку | подписывайтесь на нас в …
читайте нас в … | мы в соцсетях | версия для печати | в закладки
مشاركة | شارك | شارك المقال | شارك هذا المقال | شارك على … | مشاركة عبر … | طباعة | حفظ | تابعنا | تابعونا | تابعونا على …
نسخ الرابط | انشر | أرسل
""",
    Matter.ADVERT: """
advertisement | advertising | advert | ad | ads | sponsored | sponsored by … | promoted | promoted by … | paid post
advertisement continue … | story continues below … | article continues below … | article continues after …
story continues after … | scroll to continue | paid content | partner content | presented by … | ad feedback
remove ads | why am i seeing this | advertise with us | content continues below … | see fewer ads | supported by …
anzeige | anzeigen | werbung | advertorial | gesponsert | artikel geht nach der werbung weiter | nach der werbung weiter
publicité | contenu sponsorisé | la suite après la publicité | la suite après cette publicité | annonce | sponsorisé
publicidad | anuncio | patrocinado | contenido de marca | continúa después de la publicidad | sigue leyendo después …
pubblicità | annuncio | sponsorizzato | contenuto sponsorizzato | continua dopo la pubblicità | contenuto a pagamento
publicidade | anúncio | propaganda | continua depois da publicidade | continua após a publicidade | continua após publicidade
advertentie | gesponsord | reclame | tekst gaat verder onder … | artikel gaat verder onder … | lees verder na de advertentie
реклама | reklama | reklam | διαφήμιση | विज्ञापन | quảng cáo | פרסומת | реклама | на правах рекламы | партнёрский материал | партнерский материал | спонсор
إعلان | إعلانات | إعلان ممول | محتوى ممول
""",
    Matter.TOPICS: """
tags | topics | tag | topics in this story | filed under | filed under … | categories | keywords | related tags
explore topics | topics mentioned in this article | posted in … | in this story | read more about these topics
schlagwörter | schlagworte | themen | themen in diesem artikel | stichworte | mehr themen
mots-clés | mots clés | thèmes | thématiques | sujets | tags associés | dossiers | étiquettes
etiquetas | temas | temas en este artículo | palabras clave | categorías
tag correlati | argomenti | temi | argomenti trattati | parole chiave | etichette
assuntos | tópicos | palavras-chave | categorias
onderwerpen | trefwoorden | labels | categorieën | in dit artikel
теги | темы | метки | ключевые слова | рубрики | сюжеты
وسوم | الوسوم | كلمات مفتاحية | كلمات دليلية | المواضيع | تصنيفات
""",
    Matter.AUTHOR: """
about the author | about the authors | about the writer | written by … | more by … | contributors | meet the author
more articles by … | articles by … | view all posts by … | more from the author | author bio
über den autor | über die autorin | zum autor | zur autorin | zur person | mehr artikel von … | autor | autorin
à propos de l'auteur | l'auteur | du même auteur | sobre el autor | sobre la autora | acerca del autor | más del autor
sull'autore | l'autore | sobre o autor | sobre a autora | mais do autor | over de auteur | об авторе | عن الكاتب
""",
    Matter.CONSENT: """
your privacy | we value your privacy | cookies | cookie policy | cookie settings | manage consent | your privacy matters
we care about your privacy | about cookies on this site | privacy preferences | privacy settings | cookie preferences
accept | accept all | reject | reject all | accept cookies | manage preferences | your privacy choices | this site uses cookies
wir schätzen ihre privatsphäre | ihre privatsphäre | cookie-einstellungen | datenschutz | alle akzeptieren | zustimmen
ablehnen | akzeptieren | einwilligung | votre vie privée | gestion des cookies | accepter | tout accepter | refuser
tout refuser | continuer sans accepter | tu privacidad | aceptar | aceptar todo | rechazar | configuración de cookies
la tua privacy | accetta | accetta tutto | rifiuta | sua privacidade | aceitar | aceitar todos | rejeitar | je privacy
accepteren | alles accepteren | weigeren | cookievoorkeuren | принять | принять все | согласен | موافق | قبول الكل
""",
    Matter.ACCOUNT: """
sign in | log in | login | register | create an account | already a subscriber | already have an account | my account
sign in or … | log in or … | register now | create your free account | forgot password | welcome back
anmelden | einloggen | registrieren | jetzt registrieren | schon abonnent | bereits abonnent | konto erstellen
se connecter | connexion | créer un compte | déjà abonné | déjà inscrit | identifiez-vous | iniciar sesión
inicia sesión | regístrate | registrarse | crear cuenta | ya soy suscriptor | accedi | registrati | crea un account
sei già abbonato | entrar | fazer login | criar conta | já é assinante | inloggen | registreren | maak een account aan
al abonnee | войти | регистрация | зарегистрироваться | تسجيل الدخول | إنشاء حساب | سجل الآن
""",
    Matter.PAYWALL: """
subscribe to continue | subscribe to continue reading | this article is for subscribers only | subscribers only
subscriber only | subscriber exclusive | exclusive for subscribers | to continue reading … | already subscribed
unlock this article | start your free trial | for subscribers | try for free | continue reading with …
weiterlesen mit … | nur für abonnenten | exklusiv für abonnenten | jetzt weiterlesen | jetzt testen
réservé aux abonnés | article réservé aux abonnés | cet article est réservé aux abonnés | il vous reste … à lire
contenido exclusivo para suscriptores | solo para suscriptores | para seguir leyendo | contenuto riservato agli abbonati
riservato agli abbonati | per continuare a leggere | exclusivo para assinantes | só para assinantes
alleen voor abonnees | voor abonnees | только для подписчиков | للمشتركين فقط
""",
    Matter.APPEAL: """
support us | support our journalism | support quality journalism | support independent journalism | donate | donate now
become a member | become a supporter | make a contribution | support our work | support the … | make a donation
unterstützen sie uns | unterstützen | jetzt spenden | spenden | soutenez-nous | faire un don | je soutiens | je fais un don
apóyanos | hazte socio | haz una donación | donar | sostienici | dona ora | dona | apoie | faça uma doação | doe agora
steun ons | doneer | word lid | поддержать | поддержите нас | пожертвовать | ادعمنا | تبرع
""",
    Matter.APP: """
download our app | get the app | download the app | get our app | open in app | our apps | app store | google play
unsere app | app herunterladen | zur app | télécharger l'application | notre application | descarga la app
descarga nuestra app | scarica l'app | scarica la nostra app | baixe o app | baixe nosso app | download de app
скачать приложение | наше приложение | حمل التطبيق | حمّل التطبيق
""",
    Matter.PLAYER: """
play video | now playing | watch | watch now | listen | listen now | listen to this article | listen to the article
listen to article | watch live | video | videos | gallery | photos | photo gallery | close | pause | play | mute | unmute
loading | loading … | current time | duration | fullscreen | skip ad | audio | this is a modal window | replay
view gallery | view image in fullscreen | open image in gallery | show caption | hide caption | toggle caption
expand | image | enlarge | click to enlarge | play audio | transcript | getting your trinity audio player ready
artikel anhören | anhören | video abspielen | ansehen | bildergalerie | fotostrecke | schließen | wird geladen
écouter l'article | écouter | lire la vidéo | regarder | fermer | diaporama | escuchar | escuchar artículo | ver vídeo
ver video | reproducir | cerrar | galería | ascolta | ascolta l'articolo | guarda il video | chiudi | galleria
fotogallery | ouvir | ouça | assista | assista ao vídeo | fechar | galeria | luister | luister naar dit artikel
bekijk video | sluiten | слушать | слушать статью | смотреть видео | закрыть | استمع | شاهد الفيديو | شاهد | إغلاق
""",
    Matter.MENU: """
skip to content | skip to main content | back to top | menu | search | home | next | previous | load more | show more
view all | see all | view more | next article | previous article | next story | previous story | all news | sections
go to … homepage | skip past … | skip to … | jump to … | breadcrumb | you are here | read full story | show less | more
table of contents | contents | on this page | in this article | sponsored links | quick links | useful links
nach oben | zum inhalt | menü | suche | startseite | weiter | zurück | mehr anzeigen | mehr laden | alle anzeigen
nächster artikel | vorheriger artikel | zur startseite | haut de page | retour en haut | accueil | rechercher | suivant
précédent | voir plus | voir tout | article suivant | article précédent | volver arriba | inicio | buscar | siguiente
anterior | ver más | ver todo | ver todas | cargar más | torna su | cerca | successivo | precedente | mostra altro
vedi tutti | articolo successivo | articolo precedente | voltar ao topo | início | próximo | ver mais | ver tudo
carregar mais | naar boven | zoeken | volgende | vorige | meer laden | bekijk alles | toon meer | наверх | главная
поиск | далее | назад | показать ещё | показать еще | загрузить ещё | все новости | следующая статья | القائمة | بحث
الرئيسية | التالي | السابق | عرض المزيد | تحميل المزيد
""",
    Matter.LEGAL: """
copyright | copyright … | © … | all rights reserved | terms of use | terms and conditions | terms of service
privacy policy | privacy notice | contact us | about us | imprint | impressum | agb | datenschutzerklärung
alle rechte vorbehalten | tous droits réservés | mentions légales | todos los derechos reservados | aviso legal
tutti i diritti riservati | riproduzione riservata | todos os direitos reservados | alle rechten voorbehouden
все права защищены | جميع الحقوق محفوظة | reuse content | report an error | report a correction
""",
    Matter.POLL: """
poll | quiz | survey | take our poll | vote | vote now | cast your vote | reader poll | today's poll | today's results
umfrage | abstimmen | jetzt abstimmen | ihre meinung ist gefragt | ergebnis anzeigen | sondage | votez | voter | encuesta
vota | votar | sondaggio | enquete | pesquisa | peiling | stem | stelling | опрос | голосовать | проголосовать | استطلاع | صوت
""",
    Matter.CONTACT: """
get in touch | send us a tip | got a tip | got a story | contact the author | contact the newsroom | share your story
""",
}

PHRASES: dict[Matter, str] = {
    Matter.CONSENT: """
we use cookies | site uses cookies | website uses cookies | ~use of cookies | accept cookies | cookies disabled
~enable cookies | ~cookie policy | cookie settings | cookie preferences | ~use cookies and | ~cookies and similar
consent to use cookies | ~uses cookies | information on your device | our … partners … cookies | by clicking accept
by continuing to use | by continuing to browse | ~tracking technologies | privacy preferences | manage your preferences
~process your data | personal data … partners | withdraw your consent | change your choice at any time | ~accept all
we value your privacy | we respect your privacy | ~our privacy policy | content … may set cookies | ~allow … cookies
verwenden cookies | nutzen cookies | verwendet cookies | ~einsatz von cookies | ~cookies zu | cookie-einstellungen
~ihre einwilligung | informationen auf einem gerät | ~unsere partner | ihre privatsphäre | personenbezogene daten verarbeiten
~datenschutzerklärung | cookies akzeptieren | externe inhalte anzeigen | externer inhalt | inhalte von drittanbietern
utilisons des cookies | utilise des cookies | ~utilisation de cookies | ~utilisation des cookies | dépôt de cookies
accepter les cookies | paramétrer les cookies | ~nos partenaires | ~votre consentement | données personnelles … partenaires
informations sur votre appareil | ~politique de confidentialité
utilizamos cookies | usamos cookies | utiliza cookies | ~uso de cookies | aceptar cookies | política de cookies
~nuestros socios | ~tu consentimiento | ~su consentimiento | ~política de privacidad | información en tu dispositivo
utilizziamo i cookie | utilizza i cookie | utilizza cookie | uso dei cookie | accetta i cookie | ~cookie policy
~i nostri partner | ~tuo consenso | ~informativa sulla privacy | ~informativa privacy | utilizziamo cookie
usa cookies | ~uso de cookies | aceitar cookies | ~nossos parceiros | ~seu consentimento | ~política de privacidade
gebruiken cookies | gebruikt cookies | maken gebruik van cookies | maakt gebruik van cookies | plaatsen cookies
cookies accepteren | ~onze partners | ~je toestemming | ~uw toestemming | ~privacybeleid | ~cookiebeleid
использует cookie | используем cookie | используем файлы cookie | использует файлы cookie | ~файлов cookie | ~файлы cookie
политикой конфиденциальности | ~политика конфиденциальности | обработку персональных данных
نستخدم ملفات تعريف الارتباط | ملفات تعريف الارتباط | ~سياسة الخصوصية | ~ملفات الارتباط
""",
    Matter.BROWSER: """
~your browser is | ~your browser does | your browser appears | ~your browser has | upgrade your browser | update your browser
enable javascript | javascript is disabled | javascript disabled | ~ad blocker | ~adblocker | ~ad blocking software
no longer supported … browser | browser … no longer supported | requires javascript | turn on javascript | older browser
javascript aktivieren | aktivieren sie javascript | ~ihr browser | ~adblocker | activer javascript | activez javascript
~votre navigateur | ~bloqueur de publicité | ~su navegador | ~tu navegador | ~bloqueador de anuncios | activar javascript
~tuo browser | abilita javascript | ~seu navegador | ative o javascript | ~je browser | ~uw browser | ~ваш браузер
~вашем браузере | включите javascript | متصفحك
""",
    Matter.NEWSLETTER: """
sign up … newsletter | sign up … newsletters | ~sign up for our | sign up to our | ~sign up to receive | ~sign up here
subscribe to our | subscribe to the … newsletter | our newsletter | our newsletters | our free newsletter | ~daily newsletter
~weekly newsletter | ~morning newsletter | delivered to your inbox | straight to your inbox | ~in your inbox | ~to your inbox
~your inbox | our daily email | our free daily email | our weekly email | our morning email | enter your email
~your email address | unsubscribe at any time | ~by signing up | ~receive our | get our best stories | ~our top stories
our editors pick | ~email alerts | keep up with … newsletter | daily briefing … email | ~sign up now | by subscribing
the day's … headlines … email | ~emails from us | newsletter by | our journalists … email
unseren newsletter | unserem newsletter | unser newsletter | newsletter abonnieren | ~newsletter an | ~abonnieren sie
kostenlosen newsletter | ihrem postfach | ihr postfach | ~ihre e-mail-adresse | jederzeit abbestellen | ~per e-mail erhalten
täglich per mail | abonnieren sie unseren | melden sie sich … an … newsletter | in ihr e-mail-postfach | per e-mail zugeschickt
notre newsletter | nos newsletters | notre infolettre | ~inscrivez-vous à | ~abonnez-vous à | votre boîte mail
votre boîte de réception | votre adresse mail | votre adresse e-mail | votre adresse email | se désinscrire | ~désinscrire
dans votre boîte | ~recevez chaque | recevez gratuitement | ~la newsletter de
nuestro boletín | nuestra newsletter | nuestros boletines | ~suscríbete a | suscríbase a | ~tu correo | ~tu bandeja
su correo electrónico | tu correo electrónico | ~recibe cada | recibe en tu | apúntate a | darte de baja
nostra newsletter | iscriviti alla | ~iscriviti a | ~tua casella | ~tua email | tuo indirizzo email | ~ricevi ogni
~la newsletter di | riceverai ogni | disiscriverti | via mail ogni
nossa newsletter | nosso boletim | assine a newsletter | inscreva-se na | ~inscreva-se em | ~seu e-mail | ~seu email
receba diariamente | receba as | sua caixa de entrada | cancelar a inscrição
onze nieuwsbrief | nieuwsbrief van | ~schrijf je in | ~meld je aan | ~je inbox | ~uw inbox | je mailbox | je e-mailadres
uw e-mailadres | ontvang elke | ontvang dagelijks | ~afmelden
нашу рассылку | нашей рассылке | на рассылку | ~подпишитесь на | подписывайтесь на | ваш e-mail | ваш email | вашу почту
~электронную почту | ~отписаться
نشرتنا | النشرة البريدية | بريدك الإلكتروني | ~اشترك في | بريدك الالكتروني
""",
    Matter.ACCOUNT: """
~sign in to | ~log in to | please sign in | please log in | you must be logged in | must sign in | must log in
~create an account | create a free account | already a subscriber | already have an account | forgot your password
~register to | register for free | sign in with | log in with | logged in as | ~your account
melden sie sich an | bitte anmelden | bitte einloggen | eingeloggt sein | angemeldet sein | kostenlos registrieren
noch kein konto | schon registriert | connectez-vous | identifiez-vous | créez un compte | créer un compte | déjà abonné
déjà un compte | vous devez être connecté | ~inicia sesión | inicie sesión | regístrate para | crea una cuenta
ya tienes una cuenta | ya eres suscriptor | effettua il login | ~accedi per | accedi o | registrati per | hai già un account
sei già abbonato | ~faça login | faça o login | crie uma conta | já é assinante | já tem uma conta | log in om
je moet ingelogd | maak een account | al een account | ~войдите | авторизуйтесь | зарегистрируйтесь | سجل الدخول | تسجيل الدخول
""",
    Matter.COMMENTS: """
comments are closed | leave a comment | post a comment | ~join the conversation | be the first to comment
email address will not be published | comments may be moderated | ~comment policy | ~community guidelines | view comments
~your comments | ~your comment | html is not permitted | ~submission of any material | ~house rules | commenting on this
views expressed in … comments | ~comments section | make a comment | ~share your thoughts | read all comments | add a comment
~comments have been | comments on this article | have your say | ~report abuse | flag as inappropriate | log in to comment
kommentare sind geschlossen | kommentarfunktion | kommentar schreiben | kommentar verfassen | diskutieren sie mit
~nutzungsbedingungen | ~netiquette | ihr kommentar | kommentieren sie | schreiben sie uns einen kommentar
laisser un commentaire | vos commentaires | commentaires sont | pour commenter | réagir à cet article | soyez le premier
~charte de modération | deja un comentario | deja tu comentario | ~los comentarios | para comentar | sé el primero en
lascia un commento | per commentare | commenti sono chiusi | deixe seu comentário | deixe um comentário | para comentar
~os comentários | plaats een reactie | laat een reactie achter | om te reageren | reacties zijn gesloten
оставить комментарий | оставьте комментарий | комментарии закрыты | комментировать могут | اترك تعليق | أضف تعليق
""",
    Matter.SHARE: """
follow us on | like us on | find us on | a preferred source on | als bevorzugte quelle | source préférée sur | fuente preferida en
come fonte preferita | como fonte preferida | ~share on whatsapp | ~share on facebook | ~share on twitter | share this article
share this story | our whatsapp channel | our telegram channel | ~whatsapp channel | subscribe to our youtube
~follow @ | ~follow … on twitter | ~follow … on x | ~follow … on facebook | ~follow … on instagram | ~follow … on bluesky
join us on | ~our facebook page | join our whatsapp | ~google news
folgen sie uns auf | folgt uns auf | folge uns auf | unserem whatsapp-kanal | ~whatsapp-kanal | ~auf facebook teilen
suivez-nous sur | notre chaîne whatsapp | ~chaîne whatsapp | notre page facebook | ~partager sur facebook | retrouvez-nous sur
síguenos en | ~canal de whatsapp | nuestra página de facebook | ~nuestro canal | seguici su | ~canale whatsapp
~nostro canale | nostra pagina facebook | ~siga-nos no | ~siga o | ~canal do whatsapp | ~nosso canal | volg ons op | volg ons via
~whatsapp-kanaal | читайте нас в | подписывайтесь на наш | наш телеграм | наш telegram | ~telegram-канал
~telegram-канале | تابعونا على | تابعنا على | قناتنا على | صفحتنا على | قناة الواتساب
""",
    Matter.ADVERT: """
article continues below | story continues below | continue reading below | continues after advert | article continues after
~affiliate commission | ~earn a commission | ~affiliate links | buy through links | ~paid partnership | ~this advertisement
~affiliate-links | provision … händler | la suite après la publicité | enlaces de afiliados | link di affiliazione
tekst gaat verder | artikel gaat verder | lees verder onder | continua depois da publicidade | продолжение после рекламы
continua após a publicidade
""",
    Matter.PAYWALL: """
to continue reading | subscribe to read | ~subscribers only | ~available to subscribers | ~free articles | ~free article
start your free trial | ~cancel anytime | ~cancel at any time | ~unlimited access | unlimited digital access | ~full access
~remaining this month | ~left this month | read this article for free | ~subscribe today | ~subscribe now | ~subscribe for
~premium subscribers | ~become a subscriber | ~subscription options | ~first month
um weiterzulesen | jetzt weiterlesen | exklusiv für abonnenten | jederzeit kündbar | ~im abo | ~mit abo | alle artikel lesen
nur mit abo | kostenlos testen | weiterlesen mit
réservé aux abonnés | réservée aux abonnés | pour lire la suite | pour lire cet article | ~sans engagement | accès illimité
~il vous reste | offre d'abonnement | je m'abonne | article réservé
para seguir leyendo | solo para suscriptores | exclusivo para suscriptores | ~acceso ilimitado | artículos gratis
contenido exclusivo para | artículos gratuitos | per continuare a leggere | riservato agli abbonati | articoli gratuiti
~accesso illimitato | para continuar lendo | para continuar a ler | exclusivo para assinantes | ~acesso ilimitado
artigos gratuitos | reportagens gratuitas | om verder te lezen | alleen voor abonnees | ~onbeperkt toegang
onbeperkt lezen | gratis artikelen | чтобы продолжить чтение | только для подписчиков | для подписчиков | للمشتركين فقط
لمتابعة القراءة
""",
    Matter.APPEAL: """
support our journalism | support independent journalism | support quality journalism | ~make a donation | ~donate today
~become a member | ~become a supporter | ~reader-funded | ~reader funded | please consider … supporting | ~from as little as
help us continue | funded by readers | our readers … support | ~support the … today | ~your support | ~make a gift
~without your help | ~our journalism
unterstützen sie unsere | unterstützen sie uns | ~ihre unterstützung | mit ihrer spende | jetzt spenden
~ihre spende | ~unabhängigen journalismus | ~soutenez | ~votre soutien | ~faites un don | ~votre don | ~journalisme indépendant
apoya nuestro | apoya el periodismo | hazte socio | haz una donación | ~tu apoyo | ~periodismo independiente | hazte socia
~sostieni | ~il tuo sostegno | ~giornalismo indipendente | fai una donazione | ~apoie o | apoie nosso | ~seu apoio
~jornalismo independente | faça uma doação | steun onze | steun ons | ~jouw steun | ~onafhankelijke journalistiek
поддержите нас | поддержите редакцию | ваша поддержка | ~независимую журналистику | ~ادعم | ~تبرع
""",
    Matter.APP: """
download our app | get our app | ~download the app | download our free app | ~get the app | ~in our app | ~our mobile app
~on the app store | ~app store | ~google play | ~our app
~unsere app | ~unserer app | ~app herunterladen | laden sie … app | ~notre application | téléchargez l'application
téléchargez notre | nuestra app | ~nuestra aplicación | descarga la app | ~descárgate | nostra app | scarica l'app
~nosso aplicativo | nosso app | baixe o app | baixe nosso | ~onze app | download de app | наше приложение
скачайте приложение | ~в приложении | تطبيقنا | حمل تطبيق
""",
    Matter.CONTACT: """
do you have a story | got a story | got a tip | ~send us your | send us a tip | ~email us at | have you been affected
share your experience | ~tell us your | ~get in touch by | ~contact us at | ~reach us at | ~are you affected | ~do you know more
~text us | ~write to us | send your letters | ~have you seen | ~ask us | our readers' club | our readers club
unseres leserclubs | unser leserclub | unserem leserclub | notre club de lecteurs | nuestro club de lectores | onze lezersclub
haben sie hinweise | schreiben sie uns | ~kontaktieren sie uns | senden sie uns | écrivez-nous | ~contactez-nous
vous avez une information | envoyez-nous | escríbenos | ~contáctanos | envíanos | scrivici | ~contattaci | inviaci
escreva para | ~fale conosco | envie sua | mail ons | ~neem contact op | stuur ons | tip de redactie | напишите нам
присылайте | راسلونا | ~اتصل بنا
""",
    Matter.RELATED: """
you may also like | you might also like | recommended for you | most read stories | read the full story | read our full
~read more about | ~click here to read | ~click here for | for more stories | for more news | for the latest news
more stories like this | ~stories you may | ~the stories you need
das könnte sie auch interessieren | lesen sie auch | lesen sie hier | ~mehr zum thema | lesen sie mehr | à lire aussi
lire aussi | à lire également | lee también | lea también | te puede interesar | leggi anche | potrebbe interessarti
leia também | veja também | ~saiba mais | lees ook | читайте также | смотрите также | اقرأ أيضا | اقرأ أيضاً | اقرأ المزيد
""",
    Matter.LEGAL: """
all rights reserved | ~may not be reproduced | ~terms of use | ~terms and conditions | ~terms of service | ~privacy policy
reproduction … prohibited | not responsible for the content of external | not responsible for the content | reuse this content
copyright © | © copyright | © … all | ~external sites | protected by recaptcha
alle rechte vorbehalten | tous droits réservés | reproduction interdite | todos los derechos reservados
prohibida la reproducción | tutti i diritti riservati | riproduzione riservata | todos os direitos reservados
alle rechten voorbehouden | все права защищены | при использовании материалов | جميع الحقوق محفوظة
""",
    Matter.POLL: """
take our poll | take our survey | vote in our | ~cast your vote | our reader poll | take part in our | take the quiz
~test your knowledge | stimmen sie ab | ~machen sie mit | répondez à notre | participez à notre | participa en nuestra
vota en nuestra | partecipa al sondaggio | participe da enquete | vote na enquete | stem mee | ~doe mee | пройдите опрос
~примите участие в | شارك في الاستطلاع
""",
    Matter.PLAYER: """
listen to this article | ~video player | ~modal window | getting your … player | ~this video can | watch the video above
audio is generated | audio version of this | voice … ai … generated | ~media player | ~press escape | ~escape key
artikel anhören | écouter cet article | escuchar este artículo | ascolta questo articolo | ouça este | luister naar dit
article is more than | ~gift article | ~reading time | ~min read
""",
    Matter.CORRECTION: """
this article was amended | this article was updated | this article was corrected | this article has been updated
this article has been amended | this article has been corrected | this story has been updated | this story was updated
this story has been corrected | this story was corrected | this report has been | ~this piece was | this post has been updated
~was updated on | ~was amended on | ~was corrected on | ~has been updated to | has been amended to | ~has been corrected
an earlier version of this | a previous version of this | earlier version of this | previous version of this
~correction | ~corrections | ~clarification | editor's note | editors' note | ~corrected version | ~we have corrected
updated to reflect | amended to reflect | updated to include | corrects … paragraph | ~incorrectly stated | ~misstated
an earlier headline | a previous headline | the original headline | ~we were wrong | ~we got … wrong | ~we wrongly
~we incorrectly | ~we mistakenly | ~we misspelled | ~we apologise for the error | ~we regret the error
in einer früheren version | in einer früheren fassung | in einer ersten version | ~korrektur | ~korrekturhinweis
anmerkung der redaktion | anm. d. red | hinweis der redaktion | ~richtigstellung | ~wurde korrigiert | ~wurde aktualisiert
haben wir korrigiert | wir haben den fehler
in einer früheren überschrift | in der ursprünglichen überschrift | ~wir haben uns geirrt | ~wir haben … falsch
une version précédente | une première version | version antérieure de cet article | ~rectificatif | ~correctif | ~erratum
note de la rédaction | ~précision | ~a été mis à jour | ~a été modifié | ~a été corrigé | ~mise à jour du | ~modifié le
un précédent titre | un titre précédent | le titre initial | ~nous nous sommes trompés | ~nous avons … par erreur
una versión anterior | ~fe de errores | ~fe de erratas | ~rectificación | ~corrección | ~aclaración | nota del editor
nota de la redacción | ~ha sido actualizado | ~ha sido corregido | ~fue corregido | ~ha sido modificado
un titular anterior | el titular original | ~nos equivocamos | ~nos hemos equivocado
una versione precedente | ~errata corrige | ~rettifica | ~precisazione | nota della redazione | nota dell'editore
~è stato corretto | ~è stato aggiornato | articolo aggiornato
un titolo precedente | il titolo originale | ~ci siamo sbagliati | ~abbiamo sbagliato
uma versão anterior | versão anterior deste | ~errata | ~correção | ~erramos | nota da redação | nota do editor
~foi corrigido | ~foi atualizado | ~foi corrigida | ~foi atualizada
um título anterior | o título original | ~nós erramos
een eerdere versie | in een eerdere versie | ~correctie | ~rectificatie | ~aanvulling | ~naschrift | noot van de redactie
~is aangepast | ~is gecorrigeerd | ~is geactualiseerd
een eerdere kop | in een eerdere kop | ~we hebben ons vergist
~исправление | ~исправлено | ~уточнение | ~опровержение | от редакции | примечание редакции | ~обновлено
в предыдущей версии | в первоначальной версии | в более ранней версии | ранее в тексте | материал обновлён | текст исправлен
в предыдущем заголовке | в первоначальном заголовке | ~мы ошиблись | ~мы ошибочно
en tidigare rubrik | i en tidigare rubrik | ~vi hade fel | we wcześniejszym tytule | ~pomyliliśmy się | önceki başlıkta
ilk başlıkta | ~yanıldık
~تصحيح | ~تصويب | ~توضيح | ملاحظة المحرر | ملاحظة من المحرر | ~تم تحديث | ~تم تعديل | نسخة سابقة
~sprostowanie | ~korekta | ~uściślenie | ~od redakcji | w poprzedniej wersji | we wcześniejszej wersji
~rättelse | ~förtydligande | ~redaktionens kommentar | i en tidigare version | ~rettelse | ~presisering | ~præcisering
i en tidligere versjon | i en tidligere version | ~redaktionel note | ~oikaisu | ~tarkennus | aiemmassa versiossa
~düzeltme | ~düzeltme notu | ~editörün notu | ~editörden not | haberin önceki halinde | haberin ilk halinde
haberin önceki sürümünde | ~διόρθωση | ~διευκρίνιση | ~σημείωση της σύνταξης | σε προηγούμενη εκδοχή | σε προηγούμενη έκδοση
~oprava | ~upřesnění | ~poznámka redakce | v předchozí verzi | v dřívější verzi | ~spresnenie | ~helyesbítés | ~pontosítás
korábbi változatában | ~erată | ~rectificare | ~precizare | într-o versiune anterioară | ~виправлення | ~уточнення
у попередній версії | ~поправка | в предишна версия | ~ispravak | ~ispravka | u prethodnoj verziji | ~popravek
~koreksi | ~ralat | ~ralat berita | versi sebelumnya | ~đính chính | phiên bản trước | ~정정 | ~바로잡습니다 | ~תיקון
""",
}

# Japanese and Chinese have no spaces between words: substrings, shortest first useful form.
CJK_HEADINGS: dict[Matter, str] = {
    Matter.RELATED: """
関連記事 | 関連ニュース | 関連リンク | 関連トピックス | あわせて読みたい | 合わせて読みたい | おすすめ記事 | おすすめ | オススメ
人気記事 | 人気の記事 | アクセスランキング | ランキング | 注目記事 | 注目の記事 | 最新記事 | 最新ニュース | 新着記事 | 新着ニュース
よく読まれている記事 | こちらもおすすめ | この記事も読まれています | 次の記事 | 前の記事 | 続きを読む | もっと見る | 主要ニュース
トピックス | ピックアップ | 特集 | 編集部のおすすめ | 速報 | 一覧へ | 記事一覧 | もっと読む | 詳しく読む
相关新闻 | 相关阅读 | 相关文章 | 相关报道 | 相关推荐 | 延伸阅读 | 推荐阅读 | 热门文章 | 热门新闻 | 热门推荐 | 热门 | 热点新闻
最新新闻 | 最新文章 | 最新消息 | 猜你喜欢 | 为你推荐 | 为您推荐 | 更多新闻 | 更多精彩 | 更多 | 精彩推荐 | 阅读排行 | 点击排行
新闻排行 | 排行榜 | 上一篇 | 下一篇 | 阅读全文 | 查看更多 | 编辑推荐 | 头条 | 滚动新闻 | 要闻 | 往期回顾 | 今日热点
相關新聞 | 相關閱讀 | 相關文章 | 相關報導 | 延伸閱讀 | 推薦閱讀 | 熱門文章 | 熱門新聞 | 最新新聞 | 更多新聞 | 猜你喜歡 | 你可能也想看
看更多 | 即時新聞 | 熱門排行 | 編輯推薦
""",
    Matter.COMMENTS: """
コメント | コメントする | コメントを書く | コメント一覧 | みんなのコメント | 読者のコメント | コメントを投稿 | 評論
评论 | 网友评论 | 发表评论 | 全部评论 | 热门评论 | 最新评论 | 我要评论 | 参与评论 | 留言 | 發表評論 | 網友評論 | 留言板 | 回复 | 回應
""",
    Matter.NEWSLETTER: """
メールマガジン | メルマガ登録 | ニュースレター | ニュースレター登録 | メール配信 | 无料会員登録 | 無料会員登録 | 購読する | 会員登録
订阅 | 订阅我们 | 邮件订阅 | 电子报 | 訂閱 | 電子報 | 訂閱電子報
""",
    Matter.SHARE: """
シェア | シェアする | 共有 | ツイート | ポスト | 印刷 | 印刷する | 保存 | フォロー | フォローする | 送る | リンクをコピー | クリップする
分享 | 分享到 | 分享至 | 打印 | 收藏 | 关注我们 | 微信 | 微博 | 复制链接 | 扫一扫 | 列印 | 追蹤我們 | 複製連結 | 用微信扫码二维码
分享至好友和朋友圈
""",
    Matter.ADVERT: """
広告 | スポンサーリンク | PR | スポンサード | 広告の下に記事が続きます | 广告 | 赞助内容 | 推广 | 廣告 | 贊助 | 廣告 請繼續往下閱讀 | 請繼續往下閱讀
""",
    Matter.TOPICS: "タグ | キーワード | 関連キーワード | 関連タグ | カテゴリー | 标签 | 关键词 | 關鍵字 | 標籤 | 分类",
    Matter.AUTHOR: "この記事を書いた人 | 著者プロフィール | 筆者プロフィール | 执笔者 | 作者简介 | 关于作者 | 作者簡介",
    Matter.CONSENT: "同意する | すべて許可 | 拒否する | クッキー設定 | 接受 | 全部接受 | 同意 | 拒绝",
    Matter.ACCOUNT: "ログイン | 新規登録 | 会員の方はこちら | 登录 | 注册 | 登入 | 註冊",
    Matter.PAYWALL: "この記事は有料会員限定です | 有料会員限定 | 会員限定記事 | 残り文字 | 付费阅读 | 会员专享",
    Matter.APPEAL: "寄付する | 支援する | 支持我们 | 捐款 | 贊助我們",
    Matter.APP: "アプリをダウンロード | 公式アプリ | 下载客户端 | 打开APP | 打开客户端 | 下載APP",
    Matter.PLAYER: "動画を見る | 音声で聞く | 再生 | 閉じる | 写真を見る | 拡大する | 播放 | 关闭 | 查看大图 | 收听 | 點擊看大圖",
    Matter.MENU: "トップページ | ホーム | ページの先頭へ | ページトップへ | 検索 | メニュー | 戻る | 首页 | 返回顶部 | 搜索 | 返回首页 | 目录 | 目次",
    Matter.LEGAL: "利用規約 | プライバシーポリシー | お問い合わせ | 版权声明 | 免责声明 | 联系我们 | 隐私政策 | 無断転載を禁じます",
    Matter.POLL: "アンケート | 投票する | 投票 | 问卷调查 | 调查",
}

CJK_PHRASES: dict[Matter, str] = {
    Matter.CONSENT: "クッキーを使用 | Cookieを使用 | Cookie を使用 | クッキー（Cookie）| 使用cookie | 使用 cookie | 使用Cookie | 使用 Cookie"
    " | プライバシーポリシー | 隐私政策 | 隱私權政策 | Cookieの使用",
    Matter.BROWSER: "お使いのブラウザ | ご利用のブラウザ | JavaScriptを有効 | 您的浏览器 | 浏览器版本过低 | 您的瀏覽器 | 启用JavaScript",
    Matter.NEWSLETTER: "メールマガジン | メルマガ | ニュースレターに登録 | ニュースレターを | 订阅我们的 | 电子邮件订阅 | 訂閱我們的 | 訂閱電子報 | 您的邮箱"
    " | メールアドレスを",
    Matter.ACCOUNT: "ログインして | ログインが必要 | 会員登録 | 请登录 | 登录后 | 請登入 | 注册账号 | 請先登入",
    Matter.COMMENTS: "コメントを投稿 | コメントするには | コメントを書く | 发表评论 | 网友评论仅 | 文明上网 | 發表評論 | 理性发言",
    Matter.SHARE: "フォローしてください | 公式アカウント | をフォロー | 友だち追加 | 关注我们 | 微信公众号 | 官方微信 | 官方微博 | 扫描二维码 | 扫码关注 | 追蹤我們"
    " | 加入我們的 | 關注我們",
    Matter.ADVERT: "スポンサーリンク | 广告位 | 本广告 | 請繼續往下閱讀",
    Matter.PAYWALL: "有料会員 | 会員限定 | 続きを読むには | 残り：文字 | 订阅后 | 付费后 | 會員專屬 | 成为会员",
    Matter.APPEAL: "ご支援をお願い | 寄付をお願い | 请支持我们 | 您的捐款 | 支持獨立媒體",
    Matter.APP: "アプリで | アプリをダウンロード | 公式アプリ | 下载客户端 | 下载APP | 下载App | 客户端下载 | 打开APP | 下載APP",
    Matter.CONTACT: "情報をお寄せ | 情報提供 | ご意見・ご感想 | 投稿邮箱 | 爆料 | 新闻热线 | 联系电话",
    Matter.RELATED: "関連記事 | あわせて読みたい | 続きを読む | 延伸阅读 | 相关阅读 | 推荐阅读 | 延伸閱讀 | 相關新聞 | 更多内容请 | こちらもおすすめ",
    Matter.LEGAL: "無断転載 | 無断複製 | 著作権は | 版权所有 | 未经授权 | 不得转载 | 版權所有 | 免责声明 | 禁止转载 | 未經授權",
    Matter.POLL: "アンケートに | 投票してください | 参与投票 | 问卷调查",
    Matter.CORRECTION: "訂正 | お詫びと訂正 | 修正しました | 追記 | 更新しました | 編集部注 | 更正 | 勘误 | 编者按 | 编者注 | 此前版本 | 本文已更新 | 更正啟事"
    " | 編者按 | 早前版本 | 本文已于",
}

# What stands beside numbers in a line of dates, ages and counts. "Update" alone is not here: it opens paragraphs.
STAMP_WORDS = """
updated published posted modified last first on at from the am pm a.m p.m gmt bst utc est edt cet cest pst pdt et pt ist
today yesterday ago comments comment shares share views view reads read likes like votes vote followers replies reply
reactions reaction retweets reposts min mins minute minutes hour hours h hrs sec m s k mn mb of and save print edit new
photos photo images image videos video downloads members online users ratings rating stars star reviews watching listeners
mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday
jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october
november december st nd rd th date time created
aktualisiert veröffentlicht veröffentlichung erschienen stand zuletzt uhr vom am um kommentare kommentar aufrufe geteilt
montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend mo di mi do fr sa so januar jänner februar märz april
mai juni juli august september oktober november dezember mär okt dez lesezeit minuten leser teilen heute gestern
publié mis à jour le modifié dernière mise lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril
juin juillet août septembre octobre novembre décembre janv févr avr juil sept déc commentaires commentaire partages vues
lecture temps de par hier aujourd'hui lectures réactions
actualizado publicado publicada actualizada el la hoy ayer lunes martes miércoles jueves viernes sábado domingo enero
febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic comentarios comentario
compartidos visitas lectura minutos hora horas vistas última actualización
aggiornato pubblicato il alle ore oggi ieri lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo
aprile maggio giugno luglio agosto settembre ottobre novembre dicembre gen mag giu lug set ott commenti commento
condivisioni visualizzazioni lettura ultimo aggiornamento
atualizado em às hoje ontem segunda terça quarta quinta sexta feira segunda-feira terça-feira quarta-feira quinta-feira
sexta-feira sábado domingo janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev abr mai ago out
dez comentários comentário compartilhamentos visualizações leitura há
bijgewerkt gepubliceerd geplaatst laatst gewijzigd op om vandaag gisteren gisteravond vanochtend vanmiddag vanavond vannacht maandag dinsdag woensdag donderdag vrijdag zaterdag
zondag januari februari maart mei juni juli augustus oktober reacties reactie gedeeld weergaven leestijd keer
обновлено опубликовано опубликован изменено в сегодня вчера мск понедельник вторник среда четверг пятница суббота
воскресенье января февраля марта апреля мая июня июля августа сентября октября ноября декабря комментариев комментария
комментарий комментарии просмотров просмотра просмотры просмотр репостов лайков голосов прочтений читать мин
نشر في تم آخر تحديث تاريخ النشر اليوم أمس الساعة بتوقيت غرينتش يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر
نوفمبر ديسمبر السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة تعليق تعليقات مشاهدة مشاهدات مشاركة مشاركات قراءة كانون
الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين الأول
publicerad publicerat publicerades uppdaterad uppdaterat uppdaterades uppdatering senast ändrad kl idag igår den för sedan
måndag tisdag onsdag torsdag fredag lördag söndag januari februari mars april maj juni juli augusti september oktober
november december timmar timme dagar läst delningar kommentarer lästid minuter
publisert oppdatert oppdatering sist endret publiceret opdateret opdatering senest ændret dag i går for siden mandag tirsdag
onsdag torsdag fredag lørdag søndag januar februar marts mars april maj mai juni juli august september oktober november
desember december timer time dager dage kommentarer delinger lesetid læsetid minutter
julkaistu päivitetty päivitys muokattu viimeksi klo tänään eilen sitten maanantai tiistai keskiviikko torstai perjantai
lauantai sunnuntai tuntia minuuttia päivää lukuaika kommenttia jaettu
opublikowano opublikowany publikacja aktualizacja zaktualizowano zmieniono ostatnia ostatnio godz dzisiaj dziś wczoraj temu
dnia poniedziałek wtorek środa czwartek piątek sobota niedziela stycznia lutego marca kwietnia maja czerwca lipca sierpnia
września października listopada grudnia godzin godziny godzinę minut minuty komentarzy komentarze komentarz wyświetleń
udostępnień
publikováno aktualizováno aktualizace aktualizované publikované upraveno naposledy dnes včera před hodin hodinami minutami
pondělí úterý středa čtvrtek pátek sobota neděle ledna února března dubna května června července srpna září října listopadu
prosince diskuse komentářů
yayınlanma yayınlandı yayın güncelleme güncellendi güncellenme son tarihi tarih saat bugün dün önce pazartesi salı çarşamba
perşembe cuma cumartesi pazar ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık dakika dk okuma
süresi yorum görüntülenme paylaşım
опубліковано оновлено оновлення змінено востаннє сьогодні вчора тому об о понеділок вівторок середа четвер п'ятниця субота
неділя січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня хвилин годин години коментарів
коментарі переглядів перегляди поширень
megjelent frissítve frissítés módosítva utoljára ma tegnap publicat actualizat actualizare ultima azi ieri
δημοσίευση δημοσιεύτηκε ενημέρωση ενημερώθηκε τελευταία σήμερα χθες
публикувано обновена обновено днес вчера пуснато objavljeno ažurirano posodobljeno अपडेट danas jučer juče diterbitkan diperbarui pembaruan
wib פורסם עודכן עדכון אחרון היום
poniedziałku wtorku wtorek środę środy czwartku piątku sobotę soboty niedzielę niedzieli středu sobotu neděli pátku čtvrtka
понедельника вторника среды среду четверга пятницы пятницу субботы субботу воскресенья
понеділка вівторка середи середу четверга п'ятниці п'ятницю суботи суботу неділі неділю
입력 수정 등록 승인 송고 최종 최종수정 최종수정시간 기사입력 기사수정 업데이트 추가 오전 오후 전 댓글 조회 조회수 공감
"""

# A note on what was put right says that the text was changed, and what was wrong or how it stood before: beginnings of
# words for both, so that a note in words of its own is known, too. With a date, or naming the text itself.
AMENDED = """
amend correct clarif updat chang revis geändert korrig berichtig aktualis ergänz präzisier modifi rectifi actualis
corregi rectific actualiz corrett corregg rettific aggiorna corrigi retific atualiz alterad aangepast gecorrigeerd
gewijzigd verbeterd bijgewerkt ändra rätta korriger uppdater ændre endret rettet oppdater opdater zmieni popraw sprost
zaktualiz oprav uprav změn korjat muute päivit javít módosít corectat modificat actualizat измен исправ уточн обновл
змін виправ онов değiştir düzelt güncell διορθώ ενημερώ تعديل تصحيح تحديث تصويب תוקן עודכן 고쳤 고칩 정정 바로잡 수정
diperbaiki dikoreksi diperbarui
"""
BEFORE = """
earlier previous original incorrect wrong mistak erron error misstat früher vorherig ursprünglich fehler falsch irrtüm
précédent antérieur première erreur erroné anterior erróne equivoc incorrect precedent errat errore sbagliat erro errad
incorret eerder vorige fout onjuist verkeerd tidigare tidligere fel feil fejl galt wcześniej poprzedni błęd błąd dříve
předchozí chyb aiemm aiempi virhe korábbi téves hibás anterioar greșit eroare прежн ранее предыдущ первоначальн ошиб
неверн попередн помилк önceki yanlış hata προηγούμεν λάθος λανθασμέν سابقة خطأ קודמת שגוי שגיאה 앞선 이전 잘못
sebelumnya kesalahan keliru
"""

# Words by which an outlet speaks to its reader. Doubtful ones ("su", "sie") count in ADDRESS_WORDS only, which is
# asked for together with a phrase; the plain ones by themselves, outside quotations.
ADDRESS_WORDS = """
sie ihr ihre ihren ihrem ihrer su sus te seu sua seus suas vi u we wir мы us uns nous
"""
PLAIN_ADDRESS_WORDS = """
you your yours our yourself
dein deine deinen deinem dir unser unsere unseren unserem unserer
vous votre vos notre nos
tú tu tus usted ustedes nuestro nuestra nuestros nuestras puedes tienes quieres sabes estás eres dinos escríbenos
tuo tua tuoi tue ti vostro vostra nostro nostra nostri nostre puoi vuoi scrivici scopri iscriviti
você vocês nosso nossa nossos nossas
jij jou jouw uw ons onze
вы вас вам вами ваш ваша ваше ваши вашу вашей вашего наш наша наше наши нашу нашей нашего наших
ви нам нас ваша наші нашого
لك لكم أنت أنتم لنا معنا
dig ditt dina deg dere dine jeres eders oss vår vårt våra våre vores
sinä sinun sinulle voit haluatko meidän teidän teille meille
twój twoja twoje twoją twojej twoich tobie ciebie nasz nasza nasze naszą naszych naszej wasz wasza możesz jesteś chcesz
váš vaše vaší vám vás náš naše naší můžete chcete
sen seni sana senin siz sizi sizin bizi bize bizim
önnek önöknek önök neked nekünk minket
tău voastră dumneavoastră nostru noastră
σας εσείς εσάς εμάς μας
שלך שלכם שלנו אתכם
شما
आप आपके आपकी आपको हमारे हमारी
anda kamu kami
bạn
คุณ
"""
CJK_ADDRESS = "あなた | 皆さま | 皆様 | ください | 下さい | お願いします | 当サイト | 弊社 | 您 | 我们的 | 请点击 | 敬请 | 欢迎 | 니다 | 세요 | 십시오 | 請點擊 | 歡迎 | 本站 | 本网 | 本網"

# What outlets call on their readers to do, as a sentence or a part of one begins; "+" joins two words, where one alone
# may be a noun. Left out is what may also tell what somebody does, as in Spanish "recibe". In Turkish the call comes last.
CALLS = """
get join follow subscribe listen discover donate become send click enable allow give download+the download+our download+your
make+a make+your read+the read+our read+all write+to tell+us tap+the tap+on tap+here scan+the scan+this use+the share+it share+this share+your play+our sign+up sign+in log+in register+to register+for support+our support+us
help+us try+our watch+our stay+up
retrouvez suivez écoutez découvrez téléchargez abonnez-vous inscrivez-vous rejoignez soutenez participez recevez partagez
lisez cliquez
apúntate suscríbete síguenos únete regístrate haz suscríbase descargue regístrese
ascolta sostieni scarica segui iscriviti abbonati ricevi scopri condividi segnalalo segnalacelo clicca unisciti
subscreva assine siga baixe descarregue ouça descubra apoie receba partilhe compartilhe leia inscreva-se clique junte-se
blijf meld schrijf download+de download+onze volg luister lees ontdek stuur klik abonneer ontvang geef
подпишитесь подписывайтесь скачайте скачивайте читайте слушайте смотрите следите поддержите выделите нажмите присылайте
пришлите напишите поделитесь оставьте установите оцените
dołącz zapisz zaloguj zostań pobierz słuchaj obserwuj śledź czytaj subskrybuj wesprzyj napisz kliknij udostępnij sprawdź oceń
ladda följ lyssna prenumerera läs mejla maila tipsa skicka logga bli stötta anmäl dela
hent følg lyt abonner støt læs lytt
sledujte odebírejte stáhněte přihlaste poslouchejte přečtěte
تابعوا تابعونا حملوا اشتركوا شاركنا شاركونا سجلوا استمعوا ادعموا انضموا اكتبوا
"""
LAST_CALLS = "indirin kaydolun kaydolunuz tıklayın edin olun izleyin dinleyin okuyun destekleyin paylaşın katılın yazın"
# How one who knows more is bidden to get in touch, right after a question, and beginnings of words for by what.
CONTACTS = """
write call ring text tell contact message email mail reach talk get schreiben schreib rufen melden kontaktieren mailen écrivez
appelez contactez joignez escribe escriba escríbanos escríbenos llama llame cuéntanos contacta contacte scrivi scriva scrivici
chiama contatta escreva ligue fale conte contate bel schrijf mail app stuur napisz pisz zadzwoń skontaktuj skriv ring mejla
tipsa kontakta napište zavolejte ozvěte напишите пишите звоните позвоните свяжитесь напишіть пишіть телефонуйте дзвоніть
"""
WAYS = """
signal whatsapp telegram threema messenger telefon teléfono telephon téléphon telefone tél phone mail e-mail courriel correo
confiden vertraulich мессендж месендж телефон телеграм почт пошт джерел источник source quell fuente fonti fonte bron
"""
# By which of their own things: words, and with "*" beginnings of words.
CHANNELS = """
newsletter newsletters app apps appen podcast podcasts instagram facebook* whatsapp* telegram* tiktok youtube twitter bluesky
mastodon inbox subscri* premium moderator one-off membership paywall sudoku
abonné* abonne* diaporama* infolettre* rédaction
boletín boletines redacción suscri* redazione correzioni abbona* redação assinant* assinatur*
nieuwsbrief* redactie meldingen beoordeling abonnement* redaktion* leserbrief* abonnent*
рассылк* подписк* редакци* телеграм* приложени* ctrl
czytelnik* newslettera patron* prenumerat* redakcj* subskry* aplikacj*
nyhetsbrev* prenumer* nyhedsbrev*
bülten* uygulama* takip
واتساب تطبيق التطبيق التعليقات النشرة نشرتنا تلغرام إنستغرام فيسبوك يوتيوب
"""

# An article hardly ever speaks of itself; notices do. (Of its newspaper it does: "figures seen by this newspaper".)
ITSELF = """
this article | this story | this page | this site | this website | our site | our website | for this site
this is one of … texts | this is one of … articles
dies ist einer von … texten | dies ist einer von … artikeln | to jeden z … tekstów | to jeden z … artykułów
det här är en av … texter | det här är en av … artiklar | ceci est un de … articles | este es uno de … artículos
questo è uno dei … articoli | este é um de … artigos | dit is een van … artikelen
this post | this report is | this piece | on this page | this publication | story aloud | the full story | this text
print edition | printed paper | printed edition | appears in print | appeared in print | in print on | in print in
der gedruckten ausgabe | der gedruckten zeitung | der printausgabe | der druckausgabe
l'édition papier | l'édition imprimée | journal imprimé | la edición impresa | edición en papel | edizione cartacea
edizione stampata | edição impressa | jornal impresso | de gedrukte krant | de papieren krant | papperstidningen
i papirutgaven | wydaniu papierowym | wydania papierowego | wydaniu drukowanym | печатной версии | печатном номере
друкованій версії | друкованому номері | basılı gazetede | النسخة المطبوعة | الطبعة الورقية
este texto | questo testo | bu metin | den här berättelsen | cet article-ci | deze tekst | цей текст | tämä teksti
dieser artikel | diesen artikel | diesem artikel | dieses artikels | diese seite | dieser seite | diesen beitrag | dieser beitrag
diesem beitrag | diese meldung | diese geschichte | dieser text | diesen text
cet article | ce site | cette page | ce texte | cette histoire | ce contenu
este artículo | esta noticia | esta página | este sitio | esta nota | esta historia | este contenido
questo articolo | questa notizia | questo sito | questa pagina | quest'articolo | questa storia
este artigo | esta notícia | esta matéria | este site | este sítio | esta página
esta reportagem | este conteúdo | neste site | deste artigo
dit artikel | dit verhaal | deze site | deze pagina | dit bericht | deze website | dit nieuws
эта статья | этот материал | этот текст | этот сайт | эту статью | этой статьи | этом сайте | этой странице | этого материала
эта новость | эту новость | эта страница | этой статье | на сайте издания
هذا المقال | هذا الخبر | هذه الصفحة | هذا الموقع | هذه المادة | هذه القصة | هذا التقرير
ten artykuł | tego artykułu | tym artykule | ta strona | tej stronie | tej strony | ten tekst | tego tekstu
tento článek | tohoto článku | tato stránka | této stránky | tento text | den här artikeln | denna artikel | den här sidan
denna sida | den här texten | denne artikel | denne artikkelen | denne side | denne siden | tämä artikkeli | tämän artikkelin
tämä sivu | tämä juttu | αυτό το άρθρο | το παρόν άρθρο | αυτή η σελίδα | της σελίδας | bu haber | bu haberi | bu makale
bu yazı | bu sayfa | bu sayfayı | bu site | ця стаття | цю статтю | цей матеріал | ця сторінка | artikel ini | berita ini
halaman ini | ez a cikk | ezt a cikket | ez az oldal | acest articol | această pagină
"""
CJK_ITSELF = "この記事 | 本記事 | このページ | このサイト | 当サイト | 本文 | 这篇文章 | 本站 | 本网 | 這篇文章 | 本網 | 此文章 | 该文章"

# What opens a line that says who made or owns a picture.
CREDIT_WORDS = """
photo photos photograph photographs photographer image images picture pictures illustration illustrations graphic graphics
credit credits source video file courtesy copyright
foto fotos bild bilder quelle grafik symbolbild bildquelle copyright illustration
crédit crédits photo source infographie illustration image
foto imagen imágenes crédito créditos fuente ilustración gráfico
foto immagine immagini crediti fonte illustrazione grafica
foto imagem imagens crédito créditos fonte ilustração gráfico arte
foto beeld bron illustratie afbeelding
фото изображение иллюстрация источник
صورة صور المصدر رسم تصوير
"""
CJK_CREDIT = "写真 | 画像 | 撮影 | 出典 | 提供 | 图 | 图片 | 图源 | 摄影 | 插图 | 来源 | 供图 | 圖 | 圖片 | 攝影 | 插圖 | イラスト | 資料写真"

# Languages as they call themselves: two of them in one line are a choice.
LANGUAGE_NAMES = """
English Français Español Deutsch Português Italiano Nederlands Polski Русский Українська العربية فارسی 中文 简体中文 繁體中文
日本語 한국어 Türkçe Svenska Norsk Dansk Suomi Čeština Slovenčina Magyar Română Български Српски Hrvatski Ελληνικά עברית हिन्दी
বাংলা اردو ไทย Català Euskara Galego Cymraeg Gaeilge Kiswahili
"""

# A note on who pays says that somebody does, and who decides on what is written: beginnings of words for both.
FUNDED = """
support sponsor funded funding geförder förder unterstütz finanzier soutien souten financé appui apoy financiad patrocin
sostegn sostenut finanziat apoi steun gesteund gefinancier stöd bidrag støtte tuella tuki wspar wspier sfinansow dofinansow
podpor támogat sprijin поддерж финансир грант підтрим фінанс destek desteğ χορηγ υποστήριξ دعم بدعم תמיכ dukung didukung
"""
INDEPENDENT = """
influence editor editorial einfluss redaktion inhalt rédaction contenu influenc redacc contenid redazion contenut redaç
conteúd invloed inhoud redacti påverka innehåll innflytelse innhold indhold indflydelse sisältö vaikut wpływ treś redakc
vliv obsah befolyás tartal conținut влия содержан редакц вплив зміст içeri metin yazı editör περιεχ المحتوى التحرير תוכן
konten
"""
# A request to tell of mistakes asks for them at its beginning: beginnings of words for the finding, words for a mistake.
FOUND = """
found spot notic seen see report gefunden entdeckt bemerkt trouv repér vu signal encontr visto has trovat notat segnal
achou viu gevonden gezien hittat sett fundet funnet löysit huomas znalaz zauważ widzisz našli viděl talált găsit нашл замети
увид знайшл помітил побачил buldu gördü bildir وجدت لاحظت
"""
MISTAKES = """
error errors mistake mistakes typo typos fehler tippfehler erreur erreurs faute fautes coquille coquilles errores errata
erratas errore errori refuso refusi erro erros fout fouten foutje fel felet feil feilen fejl fejlen virhe virheen virheitä
błąd błędy błędu literówkę chybu chyba hibát eroare ошибку ошибка опечатку опечатка помилку помилка yanlış yanlışlık hata
hatayı خطأ
"""

# An offer to read without advertising, or a call on those who block it, begins with a question.
AD_FREE = """
without ads | without adverts | without advertising | ad-free | ad free | ads-free | advertising blocked | ads blocked | ad blocker
ohne werbung | werbefrei | werbefreies | werbung blockiert | sans publicité | sans pub | publicité bloquée | sin publicidad
sin anuncios | libre de anuncios | publicidad bloqueada | senza pubblicità | pubblicità bloccata | sem publicidade | sem anúncios
anúncios bloqueados | zonder advertenties | zonder reclame | advertentievrij | reclamevrij | utan reklam | utan annonser | reklamfritt
uten annonser | uden reklamer | ilman mainoksia | bez reklam | bez reklamy | bez reklám | reklámmentes | fără reclame | без рекламы
без реклами | reklamsız | χωρίς διαφημίσεις | بلا إعلانات | بدون إعلانات | دون إعلانات | ללא פרסומות | tanpa iklan | 광고 없이
"""
CJK_AD_FREE = "広告なし | 無広告 | 広告を表示せず | 无广告 | 無廣告 | 免广告"
