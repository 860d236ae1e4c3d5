/** How the sentence about a class of objects begins. */
export interface ClassNoun {
  /** In lower case, such as `cable area`. */
  noun: string
  /** The attribute whose meaning says more than the noun; null for none. */
  category: string | null
  /** Whether that meaning replaces the noun (`chimney` for a landmark) or follows it in brackets. */
  replaces: boolean
}

// acronym|noun|category, with `=` before a category whose meaning replaces the noun
const table = `\
ADMARE|administration area|
AIRARE|airfield|=CATAIR
ACHBRT|anchor berth|CATACH
ACHARE|anchorage area|CATACH
BCNCAR|cardinal beacon|
BCNISD|isolated danger beacon|
BCNLAT|lateral beacon|
BCNSAW|safe water beacon|
BCNSPP|special purpose beacon|
BERTHS|berth|
BRIDGE|bridge|=CATBRG
BUISGL|building|FUNCTN
BUAARE|built-up area|=CATBUA
BOYCAR|cardinal buoy|
BOYINB|installation buoy|CATINB
BOYISD|isolated danger buoy|
BOYLAT|lateral buoy|
BOYSAW|safe water buoy|
BOYSPP|special purpose buoy|
CBLARE|cable area|CATCBL
CBLOHD|overhead cable|CATCBL
CBLSUB|submarine cable|CATCBL
CANALS|canal|CATCAN
CANBNK|canal bank|
CTSARE|cargo transshipment area|
CAUSWY|causeway|
CTNARE|caution area|
CHKPNT|checkpoint|CATCHP
CGUSTA|coastguard station|
COALNE|coastline|CATCOA
CONZNE|contiguous zone|
COSARE|continental shelf area|
CTRPNT|control point|=CATCTR
CONVYR|conveyor|=CATCON
CRANES|crane|=CATCRN
CURENT|current|
CUSZNE|customs zone|
DAMCON|dam|=CATDAM
DAYMAR|daymark|
DWRTCL|centre line of a deep water route|
DWRTPT|part of a deep water route|
DEPARE|depth area|
DEPCNT|depth contour|
DISMAR|distance mark|CATDIS
DOCARE|dock area|CATDOC
DRGARE|dredged area|
DRYDOC|dry dock|
DMPGRD|dumping ground|=CATDPG
DYKCON|dyke|
EXEZNE|exclusive economic zone|
FAIRWY|fairway|
FNCLNE|fence or wall|=CATFNC
FERYRT|ferry route|CATFRY
FSHZNE|fishery zone|
FSHFAC|fishing facility|=CATFIF
FSHGRD|fishing ground|
FLODOC|floating dock|
FOGSIG|fog signal|
FORSTC|fortified structure|=CATFOR
FRPARE|free port area|
GATCON|gate|=CATGAT
GRIDRN|gridiron|
HRBARE|harbour area|
HRBFAC|harbour facility|=CATHAF
HULKES|hulk|=CATHLK
ICEARE|ice area|=CATICE
ICNARE|incineration area|
ISTZNE|inshore traffic zone|
LAKARE|lake|
LAKSHR|lake shore|
LNDARE|land|
LNDELV|spot height|
LNDRGN|land region|=CATLND
LNDMRK|landmark|=CATLMK
LIGHTS|light|
LITFLT|light float|
LITVES|light vessel|
LOCMAG|local magnetic anomaly|
LOKBSN|lock basin|
LOGPON|log pond|
MAGVAR|magnetic variation|
MARCUL|marine farm|CATMFA
MIPARE|military practice area|CATMPA
MORFAC|mooring facility|=CATMOR
NAVLNE|navigation line|=CATNAV
OBSTRN|obstruction|=CATOBS
OFSPLF|offshore platform|=CATOFP
OSPARE|offshore production area|CATPRA
OILBAR|oil barrier|=CATOLB
PILPNT|pile|=CATPLE
PILBOP|pilot boarding place|CATPIL
PIPARE|pipeline area|CATPIP
PIPOHD|overhead pipeline|CATPIP
PIPSOL|pipeline|CATPIP
PONTON|pontoon|
PRCARE|precautionary area|
PRDARE|production or storage area|=CATPRA
PYLONS|pylon or bridge support|=CATPYL
RADLNE|radar line|
RADRNG|radar range|
RADRFL|radar reflector|
RADSTA|radar station|=CATRAS
RTPBCN|radar beacon|=CATRTB
RDOCAL|radio calling-in point|
RDOSTA|radio station|=CATROS
RAILWY|railway|
RAPIDS|rapids|
RCRTCL|centre line of a recommended route|CATTRK
RECTRC|recommended track|CATTRK
RCTLPT|part of a recommended traffic lane|
RSCSTA|rescue station|=CATRSC
RESARE|restricted area|CATREA
RETRFL|retro-reflector|
RIVERS|river|
RIVBNK|river bank|
ROADWY|road|=CATROD
RUNWAY|runway|=CATRUN
SNDWAV|sand waves|
SEAARE|named water area|=CATSEA
SPLARE|seaplane landing area|
SBDARE|seabed|
SLCONS|shoreline construction|=CATSLC
SISTAT|traffic signal station|CATSIT
SISTAW|warning signal station|CATSIW
SILTNK|silo or tank|=CATSIL
SLOTOP|top line of a slope|CATSLO
SLOGRD|sloping ground|CATSLO
SMCFAC|small craft facility|=CATSCF
SOUNDG|sounding|
SPRING|spring on the seabed|
SQUARE|square|
STSLNE|straight baseline of the territorial sea|
SUBTLN|submarine transit lane|
SWPARE|swept area|
TESARE|territorial sea|
TS_PRH|tidal stream by harmonic prediction|
TS_PNH|tidal stream by non-harmonic prediction|
TS_PAD|tidal stream table|
TS_TIS|tidal stream by time series|
T_HMON|tide by harmonic prediction|
T_NHMN|tide by non-harmonic prediction|
T_TIMS|tide by time series|
TIDEWY|tideway|
TOPMAR|topmark|
TSELNE|traffic separation line|CATTSS
TSSBND|boundary of a traffic separation scheme|CATTSS
TSSCRS|crossing of a traffic separation scheme|CATTSS
TSSLPT|lane of a traffic separation scheme|CATTSS
TSSRON|roundabout of a traffic separation scheme|CATTSS
TSEZNE|traffic separation zone|CATTSS
TUNNEL|tunnel|
TWRTPT|part of a two-way route|CATTRK
UWTROC|underwater rock|
UNSARE|unsurveyed area|
VEGATN|vegetation|=CATVEG
WATTUR|water turbulence|=CATWAT
WATFAL|waterfall|
WEDKLP|weed or kelp|=CATWED
WRECKS|wreck|=CATWRK
TS_FEB|tidal stream|=CAT_TS
ARCSLN|archipelagic sea lane|
ASLXIS|axis of an archipelagic sea lane|
NEWOBJ|new object|
M_ACCY|accuracy of the data|
M_CSCL|compilation scale of the data|
M_COVR|chart coverage|=CATCOV
M_HDAT|horizontal datum|
M_HOPA|shift of the horizontal datum|
M_NPUB|nautical publication|
M_NSYS|system of navigation marks|
M_PROD|production of the chart|
M_QUAL|survey quality|
M_SDAT|sounding datum|
M_SREL|survey reliability|
M_UNIT|units of the chart|
M_VDAT|vertical datum|
C_AGGR|group of objects|
C_ASSO|association of objects|
C_STAC|stack of objects|
$AREAS|cartographic area|
$LINES|cartographic line|
$CSYMB|cartographic symbol|
$COMPS|compass rose|
$TEXTS|chart text|`

/** The nouns of the classes of S-57 appendix A, by acronym. */
export const CLASS_NOUNS: ReadonlyMap<string, ClassNoun> = new Map(
  table.split('\n').map((line) => {
    const [acronym = '', noun = '', category = ''] = line.split('|')
    const replaces = category.startsWith('=')
    return [acronym, { noun, category: category === '' ? null : category.replace('=', ''), replaces }]
  }),
)
