"""What a page says that stands in an article's place: not found, consent, sign-in, payment, proof of being human.

Wording in the languages of news. An article may say the same words: `judging.suspicion` looks at them only where the
article's own text has gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice

_NOT_FOUND = r"""
\b404\b|page (?:was |could )?not (?:be )?found|not found\s*$|^not found|(?:page|article|story) (?:is )?(?:no longer
|not) (?:available|exists?)
|(?:page|article|story) (?:has been|was) (?:removed|deleted|taken down|unpublished)|(?:page|article|link) (?:has
|may have) expired
|(?:page|article) (?:doesn['’]t|does not) exist|(?:page|article) you(?:['’]re| are| were) looking for
|content unavailable
|seite (?:wurde )?(?:leider )?nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden)|(?:artikel|beitrag
|inhalt) (?:ist )?nicht mehr verfügbar
|seite existiert nicht|page (?:introuvable|non trouvée|inexistante)|(?:article|page
|contenu) n['’](?:est plus disponible|existe p(?:as|lus))
|página no (?:encontrada|existe|disponible)|no se (?:ha encontrado|encuentra) la página|(?:artículo
|contenido) (?:ya )?no está disponible
|pagina non (?:trovata|esiste|disponibile)|(?:articolo|contenuto) non (?:è )?più disponibile|questa pagina non esiste
|página não (?:encontrada|existe|disponível)|(?:artigo|conteúdo) (?:já )?não está (?:mais )?disponível
|pagina (?:is )?niet (?:meer )?(?:gevonden|beschikbaar|bestaat)|(?:artikel|bericht) is niet (?:meer )?beschikbaar
|sidan (?:kunde inte|finns inte)|siden (?:blev ikke fundet|finnes ikke|findes ikke)|nie znaleziono strony
|strona nie istnieje|sayfa bulunamadı
|страница не (?:найдена|существует)|(?:материал|статья|страница) (?:удален|удалён|удалена|недоступ)\w*
|запрошенн\w+ страниц\w+ не
|(?:ページ|記事)(?:が|は)(?:見つかりません|存在しません|削除され|公開を終了|ございません)|お探しのページ
|掲載(?:期間)?(?:が|は)終了
|(?:页面|頁面|网页|網頁|文章)(?:不存在|未找到|无法找到|已(?:被)?删除|已(?:被)?刪除|走丢)|找不到(?:该|该|您)?(?:页
|頁)|您(?:访问|訪問|要找)的(?:页面|頁面|内容)
|الصفحة (?:غير موجودة|المطلوبة|التي تبحث)|لم يتم العثور|المحتوى غير متاح
"""
_HUMAN = r"""
are you (?:a )?(?:robot|human)|(?:verify|confirm|prove)(?:ing)? (?:that )?you(?:['’]re| are) (?:a )?(?:human
|not a robot)
|i['’]m not a robot|checking your browser|just a moment|attention required
|access (?:to this page )?(?:has been )?denied
|unusual (?:traffic|activity)|pardon our interruption|please enable (?:javascript|js|cookies)
|enable javascript and cookies
|request (?:was )?blocked|you have been blocked|security check|complete the (?:captcha|security check)|ddos protection
|(?:sind|bist) (?:sie|du) ein (?:mensch|roboter)|ich bin kein roboter|zugriff verweigert|sicherheitsüberprüfung
|êtes-vous un (?:robot|humain)|je ne suis pas un robot|accès refusé|no soy un robot|¿eres (?:un )?(?:robot|humano)
|acceso denegado
|non sono un robot|accesso negato|não sou um robô|acesso negado|ik ben geen robot|toegang geweigerd
|(?:я )?не робот|проверка браузера|доступ (?:ограничен|запрещ[её]н)|подтвердите, что
|ロボットではありません|アクセスが(?:拒否|制限)|セキュリティ(?:の)?(?:確認|チェック)|验证码|驗證碼|人机验证
|安全验证|访问(?:被拒绝|受限)|请完成验证
|لست (?:روبوت|برنامج روبوت)|تم رفض الوصول
"""
_CONSENT = r"""
before you continue|we value your privacy|your privacy (?:choices|matters)|manage (?:your )?(?:cookie|consent
|privacy)|accept (?:all )?cookies
|we (?:and our partners )?(?:use|store) cookies|consent to (?:the use of )?cookies|cookie (?:consent|settings
|preferences)|accept and continue
|(?:benötigen|brauchen) (?:wir )?ihre (?:zustimmung|einwilligung)|alle(?:n)? (?:cookies )?(?:akzeptieren|zustimmen)
|mit werbung (?:und cookies )?(?:weiter)?lesen
|ihre privatsphäre|verwende[nt] (?:wir )?cookies|datenschutz-?einstellungen|werbung und tracking
|(?:respectons|respect de) votre vie privée|accepter (?:et continuer|les cookies|tout)|continuer sans accepter
|utilisons des cookies|vos choix (?:en matière )?de cookies
|tu privacidad|su privacidad|aceptar (?:y continuar|(?:todas )?las cookies)|(?:usamos|utilizamos) cookies
|la (?:tua|vostra) privacy|accetta (?:e continua|tutti)|accettare i cookie|utilizziamo (?:i )?cookie
|(?:sua|tua) privacidade|aceitar (?:e continuar|todos)|je privacy|cookies (?:accepteren|toestaan)
|toestemming (?:geven|nodig)
|использу(?:ем|ет) (?:файлы )?cookie|согласие на обработку|принять (?:все )?cookie
|(?:click|choose|select|press|clicking) [“"']?(?:accept|agree)|wenn sie [„“"»]?(?:alle |alles )?(?:akzeptieren
|zustimmen)|akzeptieren und weiter|(?:cliquez sur|choisissez) [«“"]?\s?(?:tout )?accepter
|(?:pulsas?|pulse|haces clic en|eliges?) [«“"]?aceptar|(?:clicca|cliccando|premi) (?:su )?[«“"]?accett
|(?:clicar|clicando|clique) em [«“"]?aceitar
|cookieの使用|クッキーの(?:使用|利用)|同意して(?:続|進|閲)|(?:接受|同意|使用).{0,6}cookie|隐私(?:政策|设置)
|ملفات تعريف الارتباط|سياسة الخصوصية
"""
_SIGN_IN = r"""
(?:sign|log) ?in (?:to|or|with|below)|create (?:a |an |your )?(?:free )?account|register (?:now|for free|to)
|already (?:a )?(?:subscriber|member|have an account)
|forgot(?:ten)? (?:your )?password|e-?mail address and password|bitte (?:melden sie sich|logge|einloggen|anmelden)
|(?:jetzt|hier|kostenlos) (?:anmelden|registrieren)
|(?:passwort|kennwort) vergessen|connectez-vous|se connecter|mot de passe oublié|créez? (?:un|votre) compte
|inicia(?:r)? sesión|regístrate|¿?olvidaste tu contraseña|accedi (?:o|per|con)|registrati\b|password dimenticata
|faça (?:seu )?login|iniciar sessão|cadastre-se|esqueceu (?:a )?(?:sua )?senha|log in om|inloggen|maak een account
|wachtwoord vergeten
|войдите|зарегистрируйтесь|забыли пароль|ログイン(?:して|が必要)|会員登録|パスワードを(?:お)?忘れ|(?:请|請)?(?:登录
|登錄|登入)(?:后|後|以)|忘记密码|注册(?:账号|会员)
|تسجيل الدخول|سجل الدخول|إنشاء حساب
"""
_PAY = r"""
(?:to|and) (?:continue|keep) reading|continue reading (?:this article|with|by)|subscribe (?:now|to|for|today)
|subscribers? only|for subscribers
|become a (?:subscriber|member)|start your (?:free )?trial|unlimited access|(?:free )?articles? (?:left|remaining
|this month)|this (?:article|content|story) is (?:reserved|exclusive|for)
|(?:nur|exklusiv) für (?:abonnent|abonnenten|mitglieder)|weiterlesen mit|(?:jetzt|hier) (?:weiterlesen|abonnieren
|abo )|abo (?:abschließen|testen|bestellen)|probeabo|\w*plus-(?:artikel|abo)
|réservé (?:à nos |aux )abonnés|il vous reste|abonnez-vous|(?:la suite|lire la suite) (?:est )?(?:réservée|pour)
|s['’]abonner
|(?:solo|exclusivo|exclusiva|contenido) para (?:suscriptores|socios)|suscríb(?:ete|ase)|sigue leyendo con
|hazte (?:suscriptor|socio)
|(?:riservat[oa]|solo) (?:agli|per gli) abbonati|abbonati (?:per|ora|a)|continua a leggere con
|(?:exclusiv[oa]|apenas|só|conteúdo) para assinantes|assine (?:agora|já|e|para|o)|continue lendo com|já é assinante
|(?:alleen|exclusief) voor (?:abonnees|leden)|(?:neem|word) (?:een )?(?:abonnement|abonnee|lid)|lees (?:verder
|dit artikel) met|al abonnee
|(?:только|доступно) (?:для )?подписчик\w+|оформ(?:ите|ить) подписку|(?:продолжить|читать далее) .{0,20}подписк
|(?:会員|有料|購読者)限定|この記事は(?:有料|会員)|続きを(?:読む|お読み)|残り\s?\d+\s?文字|(?:订阅|訂閱)(?:后|後|以
|会员|即可)|(?:会员|會員|付费|付費)(?:专享|專享|内容|內容|文章|阅读)
|للمشتركين فقط|اشترك (?:الآن|للقراءة|لمتابعة)|لمتابعة القراءة
"""


@cache
def _pattern(*tables: str) -> re.Pattern[str]:
    """Most passes see no such page, and need none."""
    return re.compile("|".join(table.strip().replace("\n", "") for table in tables), re.IGNORECASE)


# A wall is said soon and shortly: what stands past this was written by an author.
_FIRST_LINES = 100
_FIRST_CHARACTERS = 600


def _says(pattern: re.Pattern[str], lines: Iterable[str], times: int = 1) -> bool:
    """Whether so many of the lines say it."""
    saying = (line for line in islice(lines, _FIRST_LINES) if pattern.search(line, 0, _FIRST_CHARACTERS))
    return len(list(islice(saying, times))) == times


def says_not_found(lines: Iterable[str]) -> bool:
    return _says(_pattern(_NOT_FOUND), lines)


def says_challenge(lines: Iterable[str]) -> bool:
    """Consent or proof of being human: what no article can be read behind."""
    return _says(_pattern(_HUMAN, _CONSENT), lines)


def says_wall(lines: Iterable[str], times: int = 1) -> bool:
    """Any kind of wall: a challenge, sign-in or payment."""
    return _says(_pattern(_HUMAN, _CONSENT, _SIGN_IN, _PAY), lines, times)
