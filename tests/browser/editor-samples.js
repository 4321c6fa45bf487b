// What an author types, and what their editor makes of it.

// Slips: `line:column message`, by the words of the schema or of the server.
export const SLIPS = [
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  status: finsihed\n",
    says: [
      "2:11 the statuses are: done, in progress, to do",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  due: 16/03/2026\n",
    says: [
      "2:8 write year-month-day, or a range of two dates: 2026-03-16/2026-03-20",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  due: 2026-02-31\n",
    says: [
      "2:8 write year-month-day, or a range of two dates: 2026-03-16/2026-03-20",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  covers: R1\n",
    says: [
      "2:11 a list is expected here: begin each entry with a hyphen, or write [a, b]",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- titel: Drawing\n",
    says: [
      "1:3 Missing property \"title\".",
      "1:3 Property titel is not allowed.",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  internal: perhaps\n",
    says: [
      "2:13 write yes or no",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  waiting: Your photos\n",
    says: [
      "2:12 keys are expected here, each with its value",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "title: Drawing\n",
    says: [
      "1:1 a list is expected here: begin each entry with a hyphen, or write [a, b]",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: [Drawing]\n",
    says: [
      "1:10 a text is expected here",
    ],
  },
  {
    file: "bakery/deliverables.yaml",
    text: "- title: The site\n  accounts:\n    - {login: anna, passphrase: none}\n",
    says: [
      "3:7 Missing property \"for\".",
      "3:21 Property passphrase is not allowed.",
    ],
  },
  {
    file: "bakery/deliverables.yaml",
    text: "- title: The site\n  link: www.quay-bakery.example\n",
    says: [
      "2:9 write a web address whole, with https://",
    ],
  },
  {
    file: "bakery/updates.yaml",
    text: "- title: The page is drawn\n",
    says: [
      "1:3 Missing property \"on\".",
    ],
  },
  {
    file: "bakery/corrections.yaml",
    text: "- {on: 2026-10-20, by: anna, withdrawn: no}\n",
    says: [
      "1:41 write a date as year-month-day, such as 2026-03-09",
    ],
  },
  {
    file: "bakery/amendments.yaml",
    text: "- title: A shop\n  price_change: 1 800,00\n",
    says: [
      "2:17 write a number, with a point for decimals, such as 1800.00",
    ],
  },
  {
    file: "bakery/client.yaml",
    text: "name: Quay Bakery\n",
    says: [
      "1:1 Missing property \"project\".",
    ],
  },
  {
    file: "bakery/client.yaml",
    text: "name: Quay Bakery\nlanguage: english please\nproject: {title: A site}\n",
    says: [
      "2:11 the languages are: en, fr, de, es, it, nl, pt",
    ],
  },
  {
    file: "bakery/client.yaml",
    text: "name: Quay Bakery\nproject: {title: A site, health: {state: good}}\nlook: {accent: red}\n",
    says: [
      "2:42 the states are: on track, at risk, late, on hold",
      "3:16 write a colour as \"#8a3b5c\", with the quotes",
    ],
  },
  {
    file: "bakery/client.yaml",
    text: "name: Quay Bakery\nproject: A site\ncontacts: [{name: Anna Moss, email: anna}]\n",
    says: [
      "3:37 write an address as name@example.org",
      "2:10 keys are expected here, each with its value",
    ],
  },
  {
    file: "bakery/client.yaml",
    text: "name: Quay Bakery\nproject: {title: A site}\npath: Quay Bakery\n",
    says: [
      "3:7 use small letters without accents, digits, and single hyphens between them",
    ],
  },
  {
    file: "bakery/invoice.yaml",
    text: "approval: perhaps\nlines: [{text: A site, price: 1800}]\n",
    says: [
      "1:11 write the day the client approved, or {by: …, on: year-month-day, via: …}",
    ],
  },
  {
    file: "bakery/invoice.yaml",
    text: "approval: {by: anna}\nlines: [{text: A site, price: 1800}]\n",
    says: [
      "1:1 Missing property \"on\".",
    ],
  },
  {
    file: "bakery/invoice.yaml",
    text: "kind: bill\nlines: [{text: A site, price: 1800, vat: 20 %}]\n",
    says: [
      "1:7 the kinds are: invoice, deposit, final, credit note",
      "2:42 write a number, with a point for decimals, such as 1800.00",
    ],
  },
  {
    file: "bakery/invoice.yaml",
    text: "lines: [{text: A site, quantity: two}]\n",
    says: [
      "1:9 Missing property \"price\".",
      "1:34 write a number, with a point for decimals, such as 1800.00",
    ],
  },
  {
    file: "studio.yaml",
    text: "name: Atelier Lumen\nreach: [email, pigeon]\ncurrency: €\nterms: {days: thirty}\n",
    says: [
      "3:11 write the code of a currency in three letters, such as EUR",
      "2:16 the ways are: email, phone, sms, whatsapp",
      "4:15 write a whole number of up to four digits, such as 30",
    ],
  },
  {
    file: "glossary.yaml",
    text: "mock-up:\n  - A drawing of a page\n",
    says: [
      "2:3 a text is expected here",
    ],
  },
  {
    file: "bakery/theme/theme.yaml",
    text: "style: [theme.css]\n",
    says: [
      "1:1 Property style is not allowed.",
    ],
  },
];

// What is inserted when it is chosen, in the order offered.
export const OFFERED = [
  {
    file: "bakery/steps.yaml",
    text: "|",
    offers: [
      "- title: $1\n  due: $2\n  covers: [$3]",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  |",
    offers: [
      "id: ",
      "text: ",
      "status: ",
      "started: ",
      "finished: ",
      "due: ",
      "moved:\n  - ",
      "covers:\n  - ",
      "waiting:\n  what: ",
      "question: ",
      "internal: ",
      "effort: ",
      "- title: $1\n  due: $2\n  covers: [$3]",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  status: |",
    offers: [
      "done",
      "in progress",
      "to do",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  internal: |",
    offers: [
      "yes",
      "no",
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: |",
    offers: [
    ],
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  waiting:\n    |",
    offers: [
      "what: ",
      "what: ",
      "how: ",
      "from: ",
      "before: ",
    ],
  },
  {
    file: "bakery/client.yaml",
    text: "name: Quay Bakery\naddress_form: |",
    offers: [
      "formal",
      "informal",
    ],
  },
  {
    file: "bakery/client.yaml",
    text: "name: Quay Bakery\nlanguage: |",
    offers: [
      "en",
      "fr",
      "de",
      "es",
      "it",
      "nl",
      "pt",
    ],
  },
  {
    file: "bakery/client.yaml",
    text: "name: Quay Bakery\nproject:\n  title: A site\n  health:\n    state: |",
    offers: [
      "on track",
      "at risk",
      "late",
      "on hold",
    ],
  },
  {
    file: "bakery/invoice.yaml",
    text: "kind: |",
    offers: [
      "invoice",
      "deposit",
      "final",
      "credit note",
    ],
  },
  {
    file: "bakery/invoice.yaml",
    text: "lines:\n  - |",
    offers: [
      "text: ",
      "text: $1\n  price: $2",
      "quantity: ",
      "unit: ",
      "price: ",
      "base_quantity: ",
      "discounts:\n    - ",
      "charges:\n    - ",
      "vat: ",
      "covers:\n    - ",
      "text: $1\n  quantity: $2\n  price: $3",
    ],
  },
  {
    file: "bakery/invoice.yaml",
    text: "approval:\n  |",
    offers: [
      "by: ",
      "\"on\": ",
      "via: ",
      "waived: ",
    ],
  },
  {
    file: "studio.yaml",
    text: "reach:\n  - |",
    offers: [
      "email",
      "phone",
      "sms",
      "whatsapp",
    ],
  },
];

// What is shown for the word under the pointer.
export const EXPLAINED = [
  {
    file: "bakery/steps.yaml",
    text: "- tit|le: Drawing\n",
    says: "what it is, in plain words",
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  status: fa|it\n",
    says: "done, in progress or to do; follows from the dates if left out",
  },
  {
    file: "bakery/steps.yaml",
    text: "- title: Drawing\n  waiting:\n    bef|ore: 2026-09-21\n",
    says: "the day we need it by",
  },
  {
    file: "bakery/client.yaml",
    text: "name: Quay Bakery\naddress_f|orm: informal\n",
    says: "formal (vous) or informal (tu)\n\nAllowed Values:\n\n* `informal`: fr: tu, informel, tutoiement; de: du, informell; es: tú, tuteo; it: tu, informale; nl: je, jij, informeel; pt: tu\n* `formal`: fr: vous, formel, vouvoiement; de: Sie, formell, förmlich; es: usted; it: Lei, formale; nl: u, formeel; pt: o senhor, a senhora",
  },
  {
    file: "bakery/invoice.yaml",
    text: "appr|oval: 2026-10-19\n",
    says: "the client's approval of the work",
  },
  {
    file: "bakery/invoice.yaml",
    text: "lines:\n  - {text: A site, price: 1800, v|at: 20}\n",
    says: "VAT rate, or {category, rate, why}\n || A VAT rate in percent, or a category of EN 16931 with its rate and reason.",
  },
  {
    file: "studio.yaml",
    text: "lock_p|age: nothing\n",
    says: "what a stranger sees: your name and phone, or nothing\n\nAllowed Values:\n\n* `nothing`: fr: rien; de: nichts; es: nada; it: niente, nulla; nl: niets; pt: nada\n* `studio`: fr: l'atelier, atelier; de: Studio, Atelier; es: estudio; it: studio; nl: studio, atelier; pt: estúdio",
  },
];
