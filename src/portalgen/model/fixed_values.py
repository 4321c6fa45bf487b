"""The fixed values of the content, as authors say them in each shipped language.

The value itself, in English, is always understood.
"""

from portalgen.model.spellings import table

YES_NO = table(
    {
        "yes": (
            "en: true; fr: oui, vrai; de: ja, wahr; es: sí, verdadero; it: sì, vero; "
            "nl: ja, waar; pt: sim, verdadeiro"
        ),
        "no": (
            "en: false; fr: non, faux; de: nein, falsch; es: no, falso; it: no, falso; "
            "nl: nee, onwaar; pt: não, falso"
        ),
    }
)
STATUS = table(
    {
        "done": (
            "en: finished; fr: fait, terminé, fini; de: fertig, erledigt, abgeschlossen; "
            "es: hecho, terminado, acabado; it: fatto, finito, completato; nl: klaar, gedaan, af; "
            "pt: feito, concluído, terminado"
        ),
        "in progress": (
            "en: doing, started; fr: en cours; de: in Arbeit, läuft, begonnen; "
            "es: en curso, en marcha, empezado; it: in corso, iniziato; "
            "nl: bezig, mee bezig, in uitvoering; pt: em curso, em andamento, começado"
        ),
        "to do": (
            "en: todo; fr: à faire, prévu; de: zu tun, offen, geplant; "
            "es: por hacer, pendiente, previsto; it: da fare, previsto; nl: te doen, gepland; "
            "pt: por fazer, a fazer, previsto"
        ),
    }
)
HEALTH = table(
    {
        "on track": (
            "fr: en bonne voie, dans les temps; de: auf Kurs, im Plan; "
            "es: en buen camino, según lo previsto; it: in linea, nei tempi; "
            "nl: op koers, op schema; pt: no bom caminho, dentro do prazo"
        ),
        "at risk": (
            "fr: à risque, à surveiller; de: gefährdet, zu beobachten; "
            "es: en riesgo, por vigilar; it: a rischio, da seguire; "
            "nl: in gevaar, aandacht nodig; pt: em risco, a vigiar"
        ),
        "late": (
            "fr: en retard; de: verspätet, in Verzug; es: con retraso, atrasado; it: in ritardo; "
            "nl: te laat, vertraagd; pt: em atraso, atrasado"
        ),
        "on hold": (
            "en: paused; fr: en pause, en attente; de: pausiert, in Pause, ruht; "
            "es: en pausa, en espera; it: in pausa, sospeso; nl: in de wacht, gepauzeerd; "
            "pt: em pausa, suspenso"
        ),
    }
)
ADDRESS_FORM = table(
    {
        "formal": (
            "fr: vous, formel, vouvoiement; de: Sie, formell, förmlich; es: usted; "
            "it: Lei, formale; nl: u, formeel; pt: o senhor, a senhora"
        ),
        "informal": (
            "fr: tu, informel, tutoiement; de: du, informell; es: tú, tuteo; it: tu, informale; "
            "nl: je, jij, informeel; pt: tu"
        ),
    }
)
INVOICE_KIND = table(
    {
        "invoice": "fr: facture; de: Rechnung; es: factura; it: fattura; nl: factuur; pt: fatura",
        "deposit": (
            "fr: acompte, facture d'acompte; "
            "de: Anzahlung, Anzahlungsrechnung, Abschlagsrechnung; "
            "es: anticipo, factura de anticipo; it: acconto, fattura di acconto; "
            "nl: voorschot, aanbetaling, voorschotfactuur; "
            "pt: adiantamento, sinal, fatura de adiantamento"
        ),
        "final": (
            "fr: solde, facture de solde; de: Schlussrechnung; es: factura final, saldo; "
            "it: saldo, fattura a saldo; nl: slotfactuur, eindfactuur; pt: fatura final, saldo"
        ),
        "credit note": (
            "fr: avoir, note de crédit; de: Gutschrift, Rechnungskorrektur, Stornorechnung; "
            "es: factura rectificativa, nota de crédito, abono; it: nota di credito; "
            "nl: creditnota, creditfactuur; pt: nota de crédito"
        ),
    }
)
CUSTOMER = table(
    {
        "business": (
            "en: company; fr: entreprise, professionnel, société; "
            "de: Unternehmen, Firma, geschäftlich; es: empresa, profesional; "
            "it: azienda, impresa; nl: bedrijf, zakelijk; pt: empresa, profissional"
        ),
        "consumer": (
            "en: private; fr: particulier, consommateur; de: Privatperson, privat, Verbraucher; "
            "es: particular, consumidor; it: privato, consumatore; nl: particulier, consument; "
            "pt: particular, consumidor"
        ),
    }
)
VAT_REGIME = table(
    {
        "standard": (
            "en: normal; fr: normal, réel, réel normal, réel simplifié; de: Regelbesteuerung; "
            "es: general, régimen general; it: ordinario, regime ordinario; nl: normaal, gewoon; "
            "pt: normal, regime normal"
        ),
        "franchise": (
            "fr: franchise en base; de: Kleinunternehmer, Kleinunternehmerregelung; "
            "es: franquicia; it: forfettario, regime forfettario; "
            "nl: kleineondernemersregeling, kor; pt: isenção, regime de isenção"
        ),
    }
)
SIZE = table(
    {
        "micro": (
            "fr: micro-entreprise; de: Kleinstunternehmen; es: microempresa; it: microimpresa; "
            "nl: micro-onderneming; pt: microempresa"
        ),
        "small": "fr: petite; de: klein; es: pequeña; it: piccola; nl: klein; pt: pequena",
        "medium": (
            "fr: moyenne, pme; de: mittel, mittelgroß; es: mediana; it: media; nl: middelgroot; "
            "pt: média"
        ),
        "large": "fr: grande, eti; de: groß; es: grande; it: grande; nl: groot; pt: grande",
    }
)
NATURE = table(
    {
        "goods": (
            "fr: biens, livraison de biens; de: Waren, Lieferung; es: bienes; it: beni; "
            "nl: goederen; pt: bens"
        ),
        "services": (
            "en: service; fr: prestation de services, service; de: Dienstleistungen, Leistungen; "
            "es: servicios; it: servizi; nl: diensten; pt: serviços"
        ),
        "both": (
            "en: mixed; fr: les deux, mixte; de: beides, gemischt; es: ambos, mixto; "
            "it: entrambi, misto; nl: beide, gemengd; pt: ambos, misto"
        ),
    }
)
LOCK_PAGE = table(
    {
        "studio": (
            "fr: l'atelier, atelier; de: Studio, Atelier; es: estudio; it: studio; "
            "nl: studio, atelier; pt: estúdio"
        ),
        "nothing": "fr: rien; de: nichts; es: nada; it: niente, nulla; nl: niets; pt: nada",
    }
)
REACH = table(
    {
        "email": (
            "en: mail, e-mail; fr: mail, e-mail, courriel; de: E-Mail, Mail; "
            "es: correo, correo electrónico; it: e-mail, posta elettronica; nl: e-mail, mail; "
            "pt: e-mail, correio eletrónico"
        ),
        "phone": (
            "fr: téléphone, tel; de: Telefon; es: teléfono; it: telefono; nl: telefoon; "
            "pt: telefone"
        ),
        "sms": (
            "en: text message; fr: texto; de: SMS; es: mensaje de texto; it: messaggio; "
            "nl: tekstbericht; pt: mensagem de texto"
        ),
        "whatsapp": "",
    }
)
LANGUAGE = table(
    {
        "en": (
            "en: English; fr: anglais; de: Englisch; es: inglés; it: inglese; nl: Engels; "
            "pt: inglês"
        ),
        "fr": (
            "en: French; fr: français; de: Französisch; es: francés; it: francese; nl: Frans; "
            "pt: francês"
        ),
        "de": (
            "en: German; fr: allemand; de: Deutsch; es: alemán; it: tedesco; nl: Duits; pt: alemão"
        ),
        "es": (
            "en: Spanish; fr: espagnol; de: Spanisch; es: español, castellano; it: spagnolo; "
            "nl: Spaans; pt: espanhol"
        ),
        "it": (
            "en: Italian; fr: italien; de: Italienisch; es: italiano; it: italiano; "
            "nl: Italiaans; pt: italiano"
        ),
        "nl": (
            "en: Dutch; fr: néerlandais; de: Niederländisch; es: neerlandés, holandés; "
            "it: olandese; nl: Nederlands; pt: neerlandês, holandês"
        ),
        "pt": (
            "en: Portuguese; fr: portugais; de: Portugiesisch; es: portugués; it: portoghese; "
            "nl: Portugees; pt: português"
        ),
    }
)
ALL = table(
    {
        "all": (
            "en: everything; fr: tout, tous; de: alles, alle; es: todo, todos; it: tutto, tutti; "
            "nl: alles, alle; pt: tudo, todos"
        ),
    }
)
VAT_CATEGORY = table(dict.fromkeys(("S", "E", "AE", "Z", "O", "K", "G"), ""))
