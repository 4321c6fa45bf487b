"""What people write after `password:` that is no password: place holders, words, numbers.

All patterns are for folded text: lower case, no accents.
"""

import re

PLACEHOLDER = re.compile(
    r"""
    [\W_x]*                                                         # nothing, or a part left out
    | .*(?:\*\*\*|xxxx|\.\.\.|\?\?\?|abcdefgh).*
    | [<>\[\](){}$%`:\\].* | .*(?:\$\{|\{\{|\#\{|%[({]).*           # filled in elsewhere
    | \w+\(.* | (?:process\.env|os\.environ|env|config|settings|secrets|vars|github)\..*
    | .*(?:example|exemple|placeholder|change[-_]?(?:me|moi)|replace[-_]?me).*
    | (?:your|votre|ton|my|mon|some|the|le|insert|enter|put|new|old)[-_ ].*
    | .*[-_](?:here|ici)
    | [a-z_-]*(?:password|passwd|passphrase|mdp|mot[-_]?de[-_]?passe|phrase[-_]de[-_]passe)s?\d?
    | (?:your|my|the|user|api|secret|private)?[-_]?
      (?:pass|pwd|secret|token|jeton|pin|key|login|name)\d?
    """,
    re.VERBOSE | re.DOTALL,
)

_UNITS = (
    r"h|mn?|min|mins|minutes?|s|sec|d|j|ans?|years?|mois|months?|jours?|days?|semaines?|weeks?"
    r"|car(?:acteres?)?|char(?:acter)?s?|digits?|chiffres?|signes?|signs?|lettres?|letters?"
    r"|mots?|words?|fois|times|bits?|ko|mo|kb|mb|px|fa|er|e|eme|st|nd|rd|th|x|password"
)

NUMBERED = re.compile(
    rf"""
    \d{{4}}-\d\d(?:-\d\d)?.* | \d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?                     # dates
    | \d{{1,2}}[h:]\d{{0,2}}(?:[-/]\d{{1,2}}[h:]\d{{0,2}})?                                 # times
    | [\d\s.,:;/+~<>=%$£°?x()-]+                                          # amounts, telephones
    | [<>=~+-]*\d{{1,4}}[-+.]?(?:{_UNITS})                                 # numbers of something
    | [\^~<>=]*\d+(?:[.:]\d+)+[-+~\w.:]* | v\d+(?:alpha|beta|rc|\.)?[\d.]*          # versions
    | [a-z]{{1,2}}[-.]?\d{{1,3}}(?:\.\d+)*[a-z]?                           # R1.2, C3, A4
    | (?:page|etape|step|phase|lot|annexe|version|point|section|chapitre|chapter|note|fig(?:ure)?
        |niveau|level|option|type|article|art|semaine|week|jour|day|salle|room|office|windows|iphone
        |chrome|php|ligne|line|slide|ecran|screen)[-_.]?\d{{1,3}}(?:\.\d+)*
    | (?:wpa|wep|sha|md|oauth|argon|pbkdf|base|utf|aes|rsa|tls|ssl|ed|http|ipv?|iso|rfc|hmac|totp
        |x25519|s256)[-_]?\d*(?:[-_/]?(?:url|id|i|d|psk|gcm|cbc|v?\d+))*    # algorithms, standards
    | (?:[a-z]-[a-z]|[01]-9)+                                             # ranges of signs
    | \#[0-9a-f]{{3,8}} | \#[a-z][\w-]*                                    # colours, channels
    | [a-z]{{2,12}}[<>=]+\d{{1,3}}                                         # min=12
    | (?:https?|ftp|sftp|mailto|file):.*                                  # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?:[\w-]+\.)+(?:com|fr|net|org|io|eu|app|dev|be|ch|ca|uk|me|info|example|local)(?:[:/].*)?
    | [\w./ -]*\.(?:pdf|txt|md|docx?|xlsx?|odt|ods|csv|json|ya?ml|toml|ini|env|zip|7z|kdbx|png|jpe?g
        |svg|html?|php|js|css|eml|asc|gpg|age|pem|key)
    | (?:\.{{0,2}}/)?[a-z_-]+(?:/[a-z_-]+)+/?                              # paths
    """,
    re.VERBOSE,
)
"""What has digits, or signs, for a reason of its own."""

_TELLING = """
above absent ailleurs aleatoire appeler apple asked aucun aucune auto automatic automatique avec
bar bcrypt below bientot bitwarden blank bool boolean cache call cette chaine champ changer chez
chiffre chrome ci-dessous ci-dessus ci-joint client cliente code coffre coffre-fort coming
confidential confidentiel confidentielle connu contact correct courriel courrier court dashlane
default defaut definir demander dessous dessus different ditto done draft e-mail email empty
encrypted envelope enveloppe facebook facultatif faible fait false faux field firefox foo fort
fourni gestionnaire given google guest hash here hidden ici icloud idem identical identique
inchange inconnu input invalid invalide jamais joint juste keepass keepassxc keeper keychain
known label lastpass later letter libre login long lost mail mandatory manquant manual masque
maximum meme memo message minimum missing moi moyen must neant never new nil nom non none
nordpass normal nothing nouveau null number obligatoire old one optional optionnel oral
oralement ordinateur oui own paper papier partage partial perdu personal personnel personnelle
phone phrase please post-it postit private prive proton protonpass provisional provisoire public
questions random recu recue remis required requis requise reset rien same scelle secret
separately separement shared short sms soon specifique standard stored string strong studio sur
taper tba tbd telephone temporaire temporary text texte todo toi toujours trousseau true
unchanged undefined unique unknown valid valide value varchar various vault vaultwarden verbally
vide visible voir vous weak wordpress written wrong yes yours
"""
TELLING_WORDS = frozenset(_TELLING.split())
"""Words that say something about a password when they stand alone."""

TELLING_ENDING = re.compile(r".{2,}(?:é|ée|és|ées)|.{3,}(?:ed|ing|able|ible|ment|ly)")
"""How such words end: `envoyé`, `changed`, `séparément`; with accents, in lower case."""
