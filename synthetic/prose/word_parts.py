"""Parts of invented Danish compounds and names."""

from synthetic.topics import PolicyArea

# First parts of compounds with their linking letters, by policy area.
FIRST_PARTS = {
    PolicyArea.CHILDREN: (
        "børne skole dagtilbuds børnehave vuggestue elev lærer klasse undervisnings ungdoms trivsels "
        "inklusions sprog læse pædagog institutions forældre fritids klub familie anbringelses "
        "plejefamilie sundhedsplejerske skoledistrikts specialskole specialundervisnings ordblinde "
        "overgangs pasnings normerings legeplads skolebestyrelses skolestruktur skolebiblioteks "
        "indskolings udskolings udeskole musikskole ungeråds fraværs mobbe støttetime læringsmiljø "
        "naturskole skolekørsels idræts praktik kollegie læreplans karakter eksamens modtageklasse "
        "tosprogs dagpleje søskende legestue skoletandpleje madordnings skolegårds klasselokale netværks "
        "mentor tidlig barsels"
    ),
    PolicyArea.HEALTH: (
        "ældre pleje plejehjems sundheds hjemmepleje rehabiliterings genoptrænings demens handicap social "
        "psykiatri misbrugs alkohol rusmiddel ryge sygeplejerske hjælpemiddel tandpleje kost madservice "
        "visitations botilbuds støtte pårørende patient læge sygehus akut medicin smitte hygiejne "
        "vaccinations forebyggelses bevægelses fald træning kørestols ledsager døgn nattevagts omsorgs "
        "hospice palliations diabetes kræft hjerte lunge stress søvn overvægts ensomheds værested herbergs "
        "krisecenter tilsyns klippekorts seniorbolig aflastnings velfærdsteknologi vagt kontaktperson "
        "borgerstyrings hjerneskade autisme udviklingshandicap"
    ),
    PolicyArea.TECHNICAL: (
        "vej cykelsti trafik parkerings spildevands regnvands kloak vandløbs natur skov klima energi varme "
        "fjernvarme solcelle vindmølle biogas affalds genbrugs lokalplan kommuneplan bygge bygnings "
        "byfornyelses bolig landzone byzone sommerhus kyst havne strand bro tunnel rundkørsels hastigheds "
        "støj støv jord grundvands drikkevands råstof gruve grus asfalt belægnings belysnings vinter "
        "snerydnings salt park træ hegns fortovs skilte signal bus letbane stations lade elbil miljø "
        "forurenings nitrat lavbunds vådområde dige skybruds oversvømmelses ekspropriations matrikel "
        "dispensations nabohørings nedrivnings facade tag skorstens husdyr gylle jagt rotte invasions "
        "frednings skel"
    ),
    PolicyArea.CULTURE: (
        "kultur fritids idræts biblioteks museums teater musik kunst billedkunst arkiv kulturarvs "
        "forenings hal svømmehals stadion fodbold håndbold ridecenter rulleskøjte skater spejder festival "
        "kulturhus landsby forsamlingshus landdistrikts turisme oplevelses vandrerute frivillig aftenskole "
        "folkeoplysnings medborger kirke mindesmærke monument kor orkester filmklub biograf spille "
        "litteratur digter kultursamarbejds lokale baneanlægs kunstgræs omklædnings klubhus bådplads "
        "vandsports golf motorsports legat pulje venskabsby markeds julemarkeds byfest torve scene "
        "udstillings samlings udgravnings"
    ),
    PolicyArea.EMPLOYMENT: (
        "beskæftigelses job jobcenter ledigheds arbejdsmarkeds virksomheds erhvervs iværksætter "
        "uddannelses voksenuddannelses opkvalificerings revaliderings sygedagpenge kontanthjælps "
        "førtidspensions fleksjob ressourceforløbs jobafklarings integrations flygtninge sprogskole "
        "praktikplads lærlinge rekrutterings mangel branche industri landbrugs fiskeri detailhandels "
        "håndværks butiks eksport innovations vækst turistchef konkurrence indkøbs løntilskuds nyttejobs "
        "mentorordnings sanktions rådigheds partnerskabs ungeindsats unge aktiverings misligheds kontrol "
        "rehabiliteringsteam omskolings kompetence virksomhedsservice grønomstillings campus"
    ),
    PolicyArea.FINANCE: (
        "budget økonomi regnskabs skatte grundskyld låne gælds rente kasse likviditets anlægs drifts "
        "service bevillings tillægsbevillings overførsels effektiviserings besparelses udlignings tilskuds "
        "takst gebyr leje ejendoms grundsalgs jordkøbs udbuds kontrakt indkøbs leverandør revisions "
        "kontrol løn personale sygefraværs overenskomst arbejdsmiljø ledelses digitaliserings it system "
        "data cybersikkerheds telefoni forsikrings beredskabs brand vagtcentral koncern selskabs "
        "forsynings garanti kirkeskat dækningsafgifts indkomstskatte befolknings prognose demografi "
        "puljestyrings"
    ),
    PolicyArea.COUNCIL: (
        "byråds udvalgs styrelses vedtægts valg stemme kommunal borgmester direktions forvaltnings "
        "kommunalbestyrelses råds nævns folkeafstemnings demokrati borgerrådgivnings hørings åbenheds "
        "aktindsigts habilitets vederlags mødeforretnings konstituerings valgstyrelses tilforordnede "
        "region stats ministerie lovgivnings bemyndigelses delegations klage tilsynsråds hegnssyns "
        "huslejenævns beboerklage domsmands lægdommer grundliste kredsråds lokalråds borgerbudget "
        "nærdemokrati venskabsbys delegationsrejse"
    ),
}
# First parts used in every area.
GENERAL_FIRST_PARTS = (
    "kommune borger projekt udviklings strategi handle samarbejds kvalitets evaluerings tids fælles lokal "
    "central nær fremtids basis ekstra hoved del temamøde inddragelses proces analyse kapacitets struktur "
    "områdefornyelses planlægnings orienterings kommunikations informations medarbejder bruger målgruppe "
    "indsats ramme grund sags behandlings rådgivnings forsøgs pilot hus bygningsdrifts plads center "
    "sikkerheds risiko mål resultat opfølgnings status års kvartals måneds uge dags sommer efterårs forårs "
    "vinter"
)

# Last parts of compounds: singular, ending of the definite form, ending of the plural. "plan/en/er" is
# planen, planer, planerne; -t and -et make a neuter.
LAST_PARTS = (
    "plan/en/er politik/ken/ker strategi/en/er ordning/en/er aftale/n/r analyse/n/r pulje/n/r "
    "indsats/en/er projekt/et/er område/t/r udvalg/et/ møde/t/r center/et/e hus/et/e anlæg/get/ "
    "budget/tet/ter regnskab/et/er takst/en/er gebyr/et/er tilskud/det/ tilsyn/et/ forløb/et/ tilbud/det/ "
    "netværk/et/ samarbejde/t/r partnerskab/et/er råd/et/ nævn/et/ gruppe/n/r bestyrelse/n/r leder/en/e "
    "konsulent/en/er koordinator/en/er vejleder/en/e medarbejder/en/e afdeling/en/er enhed/en/er "
    "funktion/en/er opgave/n/r opgørelse/n/r oversigt/en/er rapport/en/er notat/et/er redegørelse/n/r "
    "beretning/en/er undersøgelse/n/r måling/en/er prognose/n/r vurdering/en/er beregning/en/er "
    "model/len/ler metode/n/r ramme/n/r norm/en/er standard/en/er krav/et/ grundlag/et/ princip/pet/per "
    "mål/et/ behov/et/ udgift/en/er indtægt/en/er besparelse/n/r investering/en/er bevilling/en/er "
    "ansøgning/en/er afgørelse/n/r klage/n/r sag/en/er høring/en/er kontrakt/en/er udbud/det/ "
    "licitation/en/er konkurrence/n/r kampagne/n/r undervisning/en/er uddannelse/n/r læring/en/er "
    "rådgivning/en/er behandling/en/er støtte/n/r hjælp/en/er service/n/r drift/en/er vedligeholdelse/n/r "
    "renovering/en/er udvidelse/n/r ombygning/en/er nedlæggelse/n/r flytning/en/er sammenlægning/en/er "
    "fordeling/en/er tildeling/en/er kapacitet/en/er plads/en/er stilling/en/er vagt/en/er time/n/r "
    "periode/n/r dag/en/e uge/n/r kvarter/et/er distrikt/et/er zone/n/r rute/n/r strækning/en/er sti/en/er "
    "bane/n/r port/en/e hal/len/ler sal/en/e lokale/t/r bygning/en/er grund/en/e areal/et/er mark/en/er "
    "kant/en/er skel/let/ ledning/en/er pumpe/n/r brønd/en/e tank/en/e beholder/en/e container/en/e "
    "maskine/n/r bil/en/er station/en/er terminal/en/er system/et/er register/et/ portal/en/er "
    "platform/en/e løsning/en/er teknologi/en/er kultur/en/er tradition/en/er fest/en/er lov/en/e "
    "cirkulære/t/r vedtægt/en/er forskrift/en/er vejledning/en/er procedure/n/r arbejdsgang/en/e "
    "kontrol/len/ler revision/en/er konsekvens/en/er effekt/en/er virkning/en/er udvikling/en/er "
    "vækst/en/er nedgang/en/e stigning/en/er ændring/en/er forskel/len/le andel/en/e kvote/n/r pris/en/er "
    "værdi/en/er sum/men/mer overskud/det/ underskud/det/ lån/et/ gæld/en/er rente/n/r fond/en/e "
    "forening/en/er klub/ben/ber skole/n/r have/n/r park/en/er skov/en/e sø/en/er bæk/ken/ke mose/n/r "
    "eng/en/e vej/en/e plads/en/er torv/et/e bro/en/er kaj/en/er mole/n/r dæmning/en/er mur/en/e "
    "facade/n/r kælder/en/e etage/n/r beboer/en/e ejer/en/e lejer/en/e nabo/en/er gæst/en/er deltager/en/e "
    "familie/n/r elev/en/er lærer/en/e pædagog/en/er patient/en/er bruger/en/e kunde/n/r ansøger/en/e "
    "sekretær/en/er"
)

# Adjectives with neuter -t and plural -e; those in -sk have no -t.
ADJECTIVES = (
    "ny stor god særlig midlertidig varig lokal faglig økonomisk teknisk praktisk politisk kommunal "
    "statslig offentlig privat frivillig lovpligtig samlet digital grøn bæredygtig sund tidlig hurtig bred "
    "smal høj lav dyr billig sikker tryg åben tydelig klar enkel kompleks begrænset hidtidig langsigtet "
    "kortsigtet målrettet ambitiøs realistisk nødvendig væsentlig vigtig central decentral mobil fleksibel "
    "fysisk social kulturel historisk arkitektonisk æstetisk juridisk administrativ organisatorisk "
    "pædagogisk sundhedsfaglig socialfaglig byplanmæssig trafikal miljømæssig klimavenlig energirigtig "
    "årlig månedlig ekstern intern"
)

# Regular verbs: styrke, styrker, styrket, styrkes.
VERBS = (
    "styrke samle vurdere planlægge undersøge begrænse omfatte udvikle forbedre udvide indskrænke regulere "
    "finansiere organisere koordinere evaluere dokumentere registrere kontrollere revidere opdatere "
    "forenkle harmonisere digitalisere renovere etablere nedlægge flytte fordele tildele prioritere "
    "målrette justere tilpasse afprøve forankre implementere udrulle opdele adskille markere belyse "
    "beskytte bevare genoprette istandsætte vedligeholde rense rydde forsyne aflaste erstatte supplere "
    "kombinere inddrage rådføre orientere informere motivere opkvalificere uddanne rekruttere fastholde "
    "honorere belønne kompensere opkræve refundere udligne budgettere konsolidere udskyde fremrykke "
    "forlænge forkorte ophæve forny genforhandle konkurrenceudsætte hjemtage udlicitere kortlægge indsamle "
    "sammenligne beregne simulere forudsætte anbefale afveje begrunde præcisere fortolke skærpe lempe "
    "afklare håndtere imødekomme"
)

# Prefixes and suffixes of villages, farms and families.
PLACE_PREFIXES = (
    "Abild Ager Alke Alm Ander Arn Asmind Ask Balle Barde Bavn Bejs Birk Bjerg Bjørn Blegind Bol Borre "
    "Brand Bred Bregn Brok Brun Bræm Bukke Bye Byrke Bæk Bøg Bølle Dal Dam Djur Dons Dover Draf Dron Dybe "
    "Dyr Døl Eg Ejl Elk Elling Elm Eng Esk Fal Farre Fask Fen Fjeld Fjel Flem Flint Flø Fol Fors Fre Frø "
    "Fug Fyrre Får Gam Gejl Gers Gis Gjer Glam Glej Gode Gram Gras Gren Grim Grøn Gul Gun Gær Hage Hald "
    "Ham Har Hasle Havre Hed Hel Hem Her Hes Hin Hjer Hjort Hol Horn Hov Hul Hvam Hvil Hyl Hær Høg Høs "
    "Høve Ild Ing Isen Jels Jer Jor Jul Kal Kam Kar Kat Kejl Kip Kir Klake Kleg Klov Knab Knud Kol Kors "
    "Krag Krog Kul Kvi Kål Kær Køl Lad Lam Lang Lav Lejr Lem Lik Lind Ljung Lom Lun Lyng Lys Læk Lær Løg "
    "Løv Mad Mal Mar Mej Mid Mol Mun Myr Mål Mår Nav Ner Nim Nol Nord Nyg Nør Odd Ol Orm Oster Ov Pan Ped "
    "Pil Pug Rab Rag Ral Ram Rav Rem Ris Rod Rug Rye Ræv Rød Råd Sal Sax Sej Sev Sig Sim Sin Skal Skjel "
    "Sko Skæ Skød Slag Sme Sned Sol Son Spo Stam Sten Stil Stov Svan Svej Sæd Sød Tam Tar Tem Tin Tjør Tof "
    "Tor Tran Try Tul Tus Tvi Tåg Tår Ug Ul Under Vad Val Vam Var Vej Vel Vem Ver Vib Vil Vin Vir Vol Vor "
    "Vrå Væg Vær Ærn Ør Øs Åb Åg Ål"
)
PLACE_SUFFIXES = (
    "bæk bjerg borg bro by bøl bølle dal drup ebøl elev erup evad gård havn hede holm holt høj høved inge "
    "ild kilde kær lev lund løse løkke mark mose mølle næs ning ost overup rode rup sted skov slet stok "
    "strup strøm sund sø toft trup tved um vad vang vig ved å ås"
)
STREET_SUFFIXES = (
    "vej vej vej vej gade stræde allé vænget parken stien bakken engen haven toften lunden krogen"
)
# Suffixes of institutions named after a place.
INSTITUTION_SUFFIXES = (
    "skolen hallen hjemmet centret huset parken skoven søen kirken havnen broen marken gården værket "
    "klubben kroen møllen haven banen festen engen kvarteret"
)
FAMILY_SUFFIXES = "gaard mark holm lund bjerg strup vig berg toft ager kvist bech dahl feldt sen skov sted"
# Parts of firm names.
FIRM_SYLLABLES = (
    "ac al an ar ba be bi bo ca ce cli com da de di do du el en er fa fi flo ga gen gi go ha hy in ka ki "
    "ko la le li lo lu ma me mi mo na ne ni no nu ol or pa pe pi plan po pro ra re ri ro sa se si so ta te "
    "ti to tri u va ve vi vo xi za ze zo"
)
FIRM_SUFFIXES = "a ia is on us ex um tech net com data kem bio med plus in ol an it"
FIRM_TYPES = "A/S ApS P/S I/S A.m.b.a."
