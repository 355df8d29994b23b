"""Texts that fit any case: paragraphs, motions, remarks, announcements."""

# Paragraphs for any case.
GENERAL_PARAGRAPHS = (
    "Forvaltningen har i arbejdet med sagen lagt vægt på tre hensyn: at løsningen kan gennemføres inden for de "
    "afsatte midler, at den er til at forstå for borgerne, og at den kan ændres igen, hvis forudsætningerne skifter.",
    "Sagen har været drøftet på et temamøde, hvor {udvalg} fik en gennemgang af de vigtigste tal. Spørgsmål fra mødet er "
    "besvaret i et notat, som er sendt til alle medlemmer.",
    "Erfaringer fra tilsvarende kommuner viser, at tiden fra beslutning til første synlige resultat ofte undervurderes. "
    "Tidsplanen er derfor lagt med luft til klagefrister og til en prøveperiode på {m} måneder.",
    "Der er ikke lovkrav om høring i sagen, men forvaltningen har alligevel bedt lokalrådet i {sted} om en udtalelse. "
    "Lokalrådet er overvejende positivt og ønsker at blive orienteret, når arbejdet går i gang.",
    "Hvis indstillingen følges, sættes arbejdet i gang i første kvartal af {naeste}. En opgørelse af de første "
    "resultater forventes at kunne forelægges, inden budgettet for det følgende år skal vedtages.",
    "Konsekvenser for miljø og klima er vurderet som små. Hvor der skal bygges eller graves, stilles der krav om, at "
    "materialer sorteres og genbruges, og at maskiner så vidt muligt kører på el.",
    "Alternativet er at fortsætte som hidtil. Det frarådes, fordi udgiften til vedligeholdelse stiger år for år, og fordi "
    "medarbejderne bruger tid på midlertidige løsninger, som borgerne er utilfredse med.",
    "Forslaget er gennemgået sammen med de berørte medarbejdere og deres repræsentanter. De peger på behovet for tid til "
    "oplæring og på, at ansvaret skal være placeret ét sted fra begyndelsen.",
    "Tallene i sagen er opgjort i {aar}-priser. Usikkerheden er størst for de afledte udgifter, hvor skønnet hviler på "
    "erfaringer fra {m} mindre projekter i de senere år.",
    "Borgere og foreninger orienteres på hjemmesiden og i lokalavisen. De direkte berørte får brev i digital post, og "
    "der er mulighed for at ringe til forvaltningen i åbningstiden.",
    "I {by} har der tidligere været gennemført en tilsvarende ordning. Den blev stoppet i sin tid, fordi for få kendte "
    "til den, og derfor er der denne gang afsat midler til at gøre opmærksom på tilbuddet.",
    "Forvaltningen har spurgt {stor} borgere i borgerpanelet. {pct} pct. er enige i, at emnet er vigtigt, mens meningerne "
    "er delte om, hvordan opgaven bedst løses.",
    "Lovgivningen giver kommunen vide rammer på området. Ministeriets vejledning anbefaler dog, at kriterierne skrives "
    "ned, så alle ansøgere og klagere bliver behandlet ens.",
    "Indsatsen følges af en arbejdsgruppe med deltagelse af {m} fagområder. Gruppen mødes hver anden måned og giver "
    "besked til {udvalg}, hvis noget trækker ud.",
)

# "… foreslår, at {motion}": amendments of a minority.
MOTIONS = (
    "sagen sendes tilbage til forvaltningen med henblik på billigere løsninger",
    "beslutningen udsættes, til borgerne i {sted} har været hørt",
    "der afsættes {kr3} mere til formålet",
    "ordningen først træder i kraft i {naeste}",
    "projektet finansieres af kassebeholdningen",
    "der foretages en uafhængig vurdering af forslaget",
)
# "… stemte imod, idet {objection}".
OBJECTIONS = (
    "der mangler en plan for, hvordan borgerne bliver inddraget",
    "udgiften burde være holdt inden for budgettet",
    "forslaget rammer de mindre landsbyer hårdest",
    "klimahensyn burde have vejet tungere",
    "sagen efter gruppens opfattelse bør undersøges nærmere",
)
REMARKS = (
    *OBJECTIONS[:-1],
    "det er positivt, at naboerne er blevet hørt",
    "sagen bør evalueres efter et år",
)
WISHES = (
    "Udvalget ønsker en status på et møde om et halvt år.",
    "Forvaltningen undersøger muligheden for tilskud fra staten.",
    "Der udsendes en pressemeddelelse om sagen.",
    "Notatet suppleres med oplysninger om antallet af berørte borgere.",
)
CLOSED_TITLES = (
    "Køb af ejendom",
    "Salg af erhvervsgrund",
    "Personalesag",
    "Udbud af kørsel",
    "Retssag om entreprise",
)
ANNOUNCEMENTS = (
    "Åbningen af det nye aktivitetshus i {sted}",
    "Besøg fra venskabsbyen i juni",
    "Henvendelse fra beboerne på {vej}",
    "Invitation til indvielse af stien ved {vej}",
    "Kommende møder og studieture",
    "Ministeriets svar på kommunens brev om {sted}",
    "Status på ansættelse af ny chef",
    "Vejarbejde på {vej} i uge {m}",
)
