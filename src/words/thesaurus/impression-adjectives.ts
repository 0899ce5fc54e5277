/** @file Weather, moods and impressions: our own thesaurus. `thesaurus.ts` says how it is written. */

export const IMPRESSION_ADJECTIVES = `
@adjective weather
sunny, bright, sunlit, clear, ~cloudless ! rainy, cloudy, dark, gloomy, overcast
cloudy, overcast, ~gray, ~clouded ! clear, sunny, cloudless, bright, starry
overcast, cloudy, gray, ~gloomy ! clear, sunny, cloudless, bright, starry
rainy, wet, showery, ~drizzly, ~stormy ! sunny, dry, snowy, clear, cloudless
stormy, tempestuous, turbulent, ~thundery, ~rough ! calm, clear, sunny, peaceful, cloudless
foggy, misty, hazy, ~murky ! clear, sunny, bright, cloudless, crisp
misty, foggy, hazy, ~murky, ~vaporous ! clear, sunny, bright, cloudless, dry
hazy, misty, foggy, ~blurry ! clear, sharp, bright, crisp, sunny
windy, breezy, blustery, gusty ! calm, still, windless, quiet, airless
clear, cloudless, ~bright, ~transparent ! cloudy, murky, foggy, hazy, overcast
cloudless, clear, ~sunny ! cloudy, overcast, stormy, gray, foggy
wintry, snowy, frosty, ~cold ! summery, sunny, warm, tropical, autumnal
autumnal, fall, ~autumn ! spring, summery, wintry, summer, tropical
smoky, hazy, ~sooty, ~smoke-filled ! clear, clean, fresh, smokeless, bright
hot, warm, boiling, ~scorching, ~heated ! cold, cool, freezing, icy, chilly
warm, hot, heated, ~cozy, ~balmy ! cold, cool, chilly, icy, freezing
cold, chilly, freezing, icy, ~frigid, ~cool ! hot, warm, boiling, heated, sunny
cool, chilly, cold, ~refreshing ! warm, hot, heated, boiling, tropical
chilly, cold, cool, nippy ! warm, hot, balmy, heated, sunny
freezing, icy, frigid, cold ! hot, boiling, warm, scorching, tropical
scorching, blazing, hot, sweltering ! freezing, cold, cool, icy, chilly
humid, damp, moist, muggy, ~steamy ! dry, arid, parched, crisp, cold

@adjective mood
happy, joyful, cheerful, glad, ~smiling ! sad, unhappy, angry, gloomy, crying
joyful, happy, cheerful, joyous, merry, ~jolly ! sad, gloomy, mournful, somber, sorrowful
cheerful, happy, joyful, merry, ~sunny ! sad, gloomy, miserable, grumpy, bleak
merry, jolly, joyful, cheerful, happy ! sad, gloomy, somber, grim, miserable
smiling, grinning, beaming, ~happy ! frowning, crying, scowling, sad, angry
laughing, giggling, chuckling, ~smiling ! crying, weeping, frowning, sad, serious
sad, unhappy, sorrowful, mournful, ~melancholy ! happy, joyful, cheerful, smiling, excited
unhappy, sad, miserable, ~gloomy ! happy, joyful, cheerful, content, smiling
melancholy, sad, wistful, mournful, ~gloomy ! joyful, cheerful, happy, lively, merry
lonely, solitary, alone, isolated, ~lonesome ! crowded, popular, accompanied, busy, sociable
solitary, lone, lonely, alone, single ! crowded, grouped, many, accompanied, numerous
lone, solitary, single, ~lonely ! many, grouped, crowded, several, accompanied
alone, solitary, lone, ~lonely ! together, accompanied, crowded, with others, surrounded
crying, weeping, sobbing, tearful ! laughing, smiling, happy, grinning, cheerful
angry, furious, mad, enraged, ~irate ! calm, happy, peaceful, gentle, smiling
furious, angry, enraged, raging ! calm, happy, peaceful, gentle, pleased
fierce, ferocious, savage, ~aggressive, ~wild ! gentle, tame, calm, friendly, meek
ferocious, fierce, savage, vicious ! gentle, tame, friendly, calm, meek
aggressive, hostile, fierce, ~violent ! gentle, peaceful, friendly, calm, passive
violent, fierce, brutal, ~raging ! peaceful, gentle, calm, mild, nonviolent
scary, frightening, spooky, terrifying, ~creepy ! friendly, cute, cheerful, funny, comforting
spooky, scary, eerie, creepy, ghostly ! cheerful, friendly, bright, cozy, sunny
creepy, spooky, scary, eerie, ~sinister ! friendly, cute, cheerful, pleasant, charming
eerie, spooky, creepy, uncanny, ~ghostly ! cheerful, ordinary, bright, cozy, familiar
terrifying, frightening, scary, ~horrifying ! comforting, cute, friendly, soothing, funny
sinister, ominous, menacing, ~evil, ~dark ! friendly, innocent, cheerful, bright, benign
ominous, menacing, threatening, sinister, ~foreboding ! cheerful, promising, bright, friendly, hopeful
menacing, threatening, ominous, ~sinister ! friendly, gentle, harmless, cheerful, inviting
evil, wicked, sinister, ~villainous ! good, kind, heroic, innocent, angelic
wicked, evil, sinister ! good, kind, virtuous, innocent, angelic
good, fine, great, ~excellent ! bad, poor, evil, awful, terrible
bad, poor, terrible, awful ! good, great, excellent, fine, perfect
scared, frightened, afraid, terrified, ~fearful ! brave, calm, confident, fearless, relaxed
frightened, scared, afraid, terrified ! brave, calm, fearless, confident, relaxed
brave, courageous, fearless, heroic, ~bold ! cowardly, scared, timid, afraid, fearful
heroic, brave, courageous, ~valiant ! cowardly, timid, villainous, ordinary, fearful
bold, daring, brave, ~striking ! timid, shy, faint, subtle, muted
shy, timid, bashful, ~reserved ! bold, outgoing, confident, aggressive, brave
proud, dignified, ~noble, ~haughty ! humble, ashamed, meek, modest, timid
confident, self-assured, assured, ~bold ! shy, timid, insecure, nervous, afraid
nervous, anxious, worried, uneasy ! calm, relaxed, confident, cool, happy
worried, anxious, concerned, troubled ! calm, relaxed, carefree, happy, confident
surprised, astonished, amazed, shocked, ~startled ! calm, bored, indifferent, expressionless, expecting
excited, thrilled, eager, ~enthusiastic ! bored, calm, tired, indifferent, sad
bored, uninterested, weary, ~indifferent ! excited, interested, amused, lively, engaged
calm, peaceful, serene, tranquil, still, ~placid ! stormy, rough, turbulent, agitated, wild
peaceful, calm, serene, tranquil, quiet ! violent, noisy, chaotic, stormy, warlike
serene, calm, peaceful, tranquil, ~placid ! chaotic, stormy, noisy, turbulent, agitated
tranquil, calm, peaceful, serene, quiet ! noisy, chaotic, turbulent, stormy, busy
relaxed, calm, ~easygoing, ~resting ! tense, nervous, stressed, stiff, anxious
gentle, soft, mild, tender, ~kind ! rough, harsh, fierce, violent, strong
tender, gentle, soft, ~loving ! rough, tough, harsh, cold, hard
kind, gentle, friendly, kindly ! cruel, mean, unkind, harsh, evil
friendly, kind, amiable, welcoming, ~warm ! hostile, unfriendly, aggressive, cold, angry
wild, untamed, savage, ~feral, ~fierce ! tame, domestic, calm, gentle, domesticated
tame, domesticated, gentle, ~docile ! wild, fierce, savage, untamed, feral
tired, weary, exhausted, fatigued, ~sleepy, ~drained ! energetic, rested, fresh, alert, lively
exhausted, tired, weary, drained ! energetic, rested, fresh, refreshed, lively
weary, tired, exhausted, fatigued ! energetic, fresh, rested, lively, alert
sleepy, drowsy, tired, ~quiet, ~slumberous ! awake, alert, lively, energetic, wide-awake
sleeping, asleep, dozing, slumbering, napping ! awake, running, standing, playing, alert
awake, ~wakeful, ~alert ! asleep, sleeping, drowsy, unconscious, dozing
energetic, lively, active, vigorous, ~dynamic ! tired, lazy, calm, lethargic, exhausted
lively, energetic, animated, vibrant, ~bustling ! dull, quiet, lifeless, tired, sleepy
active, energetic, lively, ~busy ! inactive, idle, passive, lazy, resting
lazy, idle, indolent, ~sluggish ! active, hardworking, energetic, busy, diligent
playful, frisky, lively, ~mischievous, ~fun ! serious, calm, solemn, tired, sleeping
mischievous, naughty, playful, ~impish ! well-behaved, serious, innocent, obedient, calm
funny, humorous, comical, amusing, ~silly ! serious, sad, boring, solemn, tragic
silly, goofy, foolish, ~funny ! serious, wise, sensible, solemn, grave
serious, solemn, grave, earnest, ~stern ! funny, playful, smiling, silly, cheerful
solemn, serious, grave, somber ! cheerful, playful, joyful, lighthearted, festive
somber, gloomy, solemn, dark, ~grim ! cheerful, bright, joyful, lively, festive
gloomy, dark, dreary, dismal, ~murky ! cheerful, bright, sunny, happy, lively
grim, bleak, gloomy, ~stern ! cheerful, bright, happy, friendly, joyful
dreary, bleak, gloomy, dull ! cheerful, bright, lively, sunny, colorful
festive, celebratory, merry, joyful ! somber, gloomy, mournful, plain, dreary
romantic, ~dreamy, ~loving, ~passionate ! unromantic, harsh, cold, practical, gloomy
dreamy, dreamlike, ethereal, ~surreal ! realistic, sharp, harsh, gritty, ordinary
dreamlike, dreamy, surreal, ~ethereal ! realistic, ordinary, gritty, mundane, sharp
ethereal, heavenly, dreamlike, ~otherworldly, ~delicate ! earthly, heavy, solid, gritty, ordinary
nostalgic, wistful, sentimental ! futuristic, modern, indifferent, forward-looking, unsentimental
hopeful, optimistic, ~promising ! hopeless, despairing, pessimistic, desperate, gloomy
curious, inquisitive, interested, ~nosy ! indifferent, bored, uninterested, sleepy, incurious
thoughtful, pensive, contemplative, ~reflective ! thoughtless, careless, laughing, playful, silly
wise, sage, intelligent, ~clever ! foolish, stupid, silly, ignorant, young
clever, smart, intelligent, bright ! stupid, foolish, dumb, dull, silly
hungry, starving, famished ! full, fed, satisfied, sated, thirsty
thirsty, parched, ~dry ! quenched, hydrated, full, hungry, satisfied
healthy, fit, well, ~robust ! sick, ill, unhealthy, weak, injured
sick, ill, unwell, ailing ! healthy, well, fit, strong, recovered
injured, wounded, hurt ! healthy, unharmed, healed, uninjured, well
strong, powerful, muscular, mighty, ~sturdy ! weak, frail, feeble, delicate, fragile
powerful, strong, mighty, ~potent ! weak, powerless, feeble, gentle, frail
muscular, brawny, strong, ~athletic ! skinny, weak, thin, frail, slender
weak, feeble, frail, ~fragile ! strong, powerful, sturdy, muscular, mighty
fast, quick, rapid, swift, speedy ! slow, sluggish, still, leisurely, stationary
quick, fast, rapid, swift ! slow, sluggish, leisurely, gradual, delayed
slow, sluggish, unhurried, leisurely ! fast, quick, rapid, swift, speedy
comfortable, comfy, cozy, ~snug ! uncomfortable, hard, painful, cramped, stiff
cozy, cosy, snug, comfortable, comfy, ~warm ! cold, uncomfortable, bleak, stark, spartan
cosy, cozy, snug, comfortable, ~warm ! cold, uncomfortable, bleak, stark, spartan
inviting, welcoming, ~attractive, ~cozy ! uninviting, hostile, cold, repellent, forbidding
rich, wealthy, ~lavish, ~luxurious ! poor, plain, humble, cheap, shabby
wealthy, rich, affluent, prosperous ! poor, needy, impoverished, humble, broke
poor, needy, impoverished, ~humble ! rich, wealthy, luxurious, affluent, opulent
luxurious, lavish, opulent, deluxe, ~sumptuous ! shabby, simple, cheap, spartan, modest
humble, modest, simple, ~lowly ! proud, grand, luxurious, arrogant, opulent
royal, regal, kingly, ~majestic, ~noble ! common, humble, peasant, ordinary, plebeian
noble, aristocratic, ~dignified, ~royal ! common, humble, base, lowly, ignoble
holy, sacred, ~divine, ~blessed ! unholy, profane, evil, secular, cursed
sacred, holy, ~divine, ~hallowed ! profane, secular, unholy, ordinary, worldly
divine, heavenly, godly, ~holy ! earthly, mortal, demonic, human, infernal

@adjective impression
beautiful, lovely, gorgeous, pretty, ~stunning, ~attractive ! ugly, hideous, plain, unattractive, horrible
gorgeous, beautiful, stunning, lovely, ~magnificent ! ugly, hideous, plain, unattractive, dull
pretty, beautiful, lovely, attractive, ~cute ! ugly, plain, hideous, unattractive, unsightly
lovely, beautiful, pretty, ~charming, ~delightful ! ugly, hideous, unpleasant, horrible, plain
stunning, gorgeous, beautiful, breathtaking, ~striking ! ugly, plain, ordinary, dull, hideous
handsome, good-looking, attractive, ~beautiful ! ugly, plain, hideous, unattractive, homely
attractive, beautiful, good-looking, ~appealing ! ugly, unattractive, repulsive, plain, hideous
cute, adorable, sweet, ~pretty, ~lovable, ~charming ! ugly, scary, hideous, creepy, menacing
adorable, cute, lovable, sweet, ~charming ! ugly, scary, hideous, repulsive, creepy
charming, lovely, delightful, enchanting, ~quaint ! repulsive, ugly, unpleasant, dull, unattractive
quaint, charming, old-fashioned, ~picturesque ! modern, ordinary, ugly, plain, futuristic
picturesque, scenic, ~beautiful, ~charming, ~quaint ! ugly, dull, plain, industrial, drab
scenic, picturesque, ~beautiful ! ugly, dull, plain, industrial, unsightly
elegant, graceful, stylish, refined, ~classy ! clumsy, shabby, crude, tacky, inelegant
graceful, elegant, ~fluid, ~lithe ! clumsy, awkward, stiff, ungainly, graceless
stylish, fashionable, chic, elegant, ~trendy ! unfashionable, shabby, frumpy, tacky, outdated
fancy, ornate, elaborate, ~decorative, ~elegant ! plain, simple, ordinary, basic, shabby
ugly, hideous, unattractive, unsightly, ~grotesque ! beautiful, pretty, lovely, attractive, cute
hideous, ugly, grotesque, ~repulsive ! beautiful, lovely, gorgeous, pretty, attractive
grotesque, hideous, monstrous, ~bizarre ! beautiful, graceful, normal, lovely, elegant
majestic, grand, magnificent, regal, ~imposing, ~noble ! humble, modest, plain, unimpressive, small
magnificent, splendid, grand, majestic, ~glorious ! modest, plain, ordinary, humble, poor
grand, magnificent, majestic, ~imposing, ~great ! small, modest, humble, plain, simple
glorious, splendid, magnificent, ~brilliant ! dull, inglorious, gloomy, plain, shameful
splendid, magnificent, glorious, ~superb ! plain, poor, ordinary, dull, shabby
epic, grand, heroic, monumental, ~legendary ! small, ordinary, modest, minor, trivial
legendary, mythical, fabled, ~famous, ~epic ! unknown, ordinary, real, obscure, common
famous, renowned, well-known, celebrated ! unknown, obscure, anonymous, ordinary, forgotten
awesome, amazing, incredible, ~impressive ! boring, ordinary, dull, unimpressive, awful
amazing, incredible, astonishing, awesome, ~wonderful ! ordinary, boring, dull, unimpressive, common
incredible, amazing, unbelievable, ~astonishing ! ordinary, believable, boring, common, plain
wonderful, marvelous, amazing, fantastic, ~great ! terrible, awful, horrible, ordinary, bad
fantastic, wonderful, amazing, ~fantastical ! ordinary, realistic, terrible, mundane, plain
breathtaking, stunning, awe-inspiring, spectacular ! dull, ordinary, boring, unimpressive, plain
spectacular, stunning, dramatic, breathtaking ! dull, ordinary, modest, unimpressive, plain
perfect, flawless, ideal, ~excellent ! flawed, imperfect, broken, bad, faulty
excellent, great, superb, outstanding ! poor, bad, terrible, mediocre, awful
impressive, imposing, striking, ~grand ! unimpressive, ordinary, modest, dull, plain
exotic, foreign, tropical, ~unusual ! ordinary, native, local, common, familiar
strange, odd, weird, peculiar, unusual, ~bizarre ! normal, ordinary, familiar, common, usual
weird, strange, odd, bizarre, ~peculiar ! normal, ordinary, usual, common, familiar
bizarre, weird, strange, odd ! normal, ordinary, common, usual, conventional
unusual, strange, odd, uncommon, ~rare ! ordinary, usual, normal, common, typical
surreal, dreamlike, ~fantastic, ~bizarre, ~surrealistic ! realistic, ordinary, normal, natural, real
mysterious, enigmatic, mystical, ~eerie, ~mystic ! ordinary, obvious, clear, plain, familiar
mystical, magical, mysterious, ~spiritual, ~mystic ! ordinary, mundane, realistic, scientific, earthly
magical, enchanted, mystical, ~magic, ~enchanting ! ordinary, mundane, realistic, normal, scientific
magic, magical, enchanted, ~mystical ! ordinary, mundane, real, normal, scientific
enchanted, magical, bewitched, ~charmed ! ordinary, mundane, cursed, disenchanted, normal
enchanting, charming, captivating, ~magical ! repulsive, dull, boring, ugly, ordinary
whimsical, fanciful, playful, ~quirky ! serious, realistic, ordinary, solemn, plain
fantastical, fanciful, imaginary, ~magical ! realistic, ordinary, mundane, real, plain
imaginary, fictional, unreal, ~made-up ! real, actual, realistic, true, factual
real, actual, genuine, true, ~realistic ! fake, imaginary, artificial, unreal, toy
fake, artificial, false, ~imitation, ~counterfeit ! real, genuine, authentic, natural, true
realistic, lifelike, photorealistic, true-to-life, ~natural ! unrealistic, cartoonish, abstract, stylized, surreal
photorealistic, realistic, lifelike, photographic, ~hyperrealistic ! cartoon, painted, abstract, stylized, sketchy
hyperrealistic, photorealistic, hyper-realistic, lifelike, realistic ! cartoon, abstract, stylized, painted, sketchy
lifelike, realistic, natural, ~vivid ! cartoonish, stylized, abstract, lifeless, unrealistic
stylized, stylised, ~cartoonish, ~artistic ! realistic, photorealistic, natural, lifelike, photographic
cartoonish, stylized, ~animated, ~comic ! realistic, photorealistic, lifelike, serious, photographic
animated, lively, ~cartoon ! lifeless, still, live-action, static, realistic
cinematic, filmic, movie-like, ~dramatic, ~film-like ! flat, amateur, ordinary, plain, dull
atmospheric, moody, ~evocative, ~hazy ! flat, plain, dull, clear, sterile
moody, atmospheric, gloomy, ~dark, ~brooding ! cheerful, bright, flat, lively, sunny
dynamic, energetic, lively, active, ~vigorous ! static, still, dull, motionless, passive
static, still, motionless, ~fixed ! dynamic, moving, active, changing, energetic
detailed, intricate, elaborate, ~precise, ~fine ! simple, plain, rough, sketchy, blurry
sharp, crisp, clear, ~focused ! blurry, soft, blunt, dull, fuzzy
crisp, sharp, clear, ~clean ! blurry, soft, fuzzy, hazy, limp
focused, sharp, in focus, ~clear ! blurry, unfocused, out of focus, hazy, distracted
blurry, blurred, fuzzy, out of focus, ~hazy, ~unfocused ! sharp, clear, crisp, focused, detailed
blurred, blurry, fuzzy, hazy, ~indistinct ! sharp, clear, crisp, focused, detailed
grainy, noisy, ~gritty ! smooth, clean, crisp, sharp, noiseless
gritty, raw, rough, ~harsh ! smooth, polished, clean, glossy, soft
artistic, creative, ~aesthetic ! plain, technical, unartistic, scientific, crude
creative, imaginative, inventive, artistic ! unimaginative, dull, uncreative, conventional, boring
professional, expert, ~skilled, ~polished ! amateur, unprofessional, crude, beginner, sloppy
digital, computer-generated, ~electronic, ~cg ! analog, hand-painted, traditional, handmade, film
handmade, handcrafted, ~homemade ! machine-made, factory-made, mass-produced, store-bought, industrial
isometric, ~axonometric ! perspective, frontal, flat, top-down, side-view
panoramic, wide, sweeping, ~wide-angle ! close-up, narrow, cropped, limited, portrait
aerial, overhead, bird's-eye, ~airborne ! ground-level, underground, underwater, low-angle, terrestrial
celestial, heavenly, cosmic, ~astral ! earthly, terrestrial, underground, mundane, worldly
cosmic, celestial, astral, ~universal ! earthly, terrestrial, tiny, local, mundane
lunar, ~moonlike, ~moonlit ! solar, earthly, stellar, martian, terrestrial
underwater, submerged, undersea, ~submarine ! aerial, above water, underground, dry, floating
oceanic, marine, ~maritime ! terrestrial, land, desert, inland, freshwater
coastal, seaside, ~shoreline ! inland, mountainous, desert, landlocked, rural
mountainous, hilly, alpine, ~rocky ! flat, coastal, level, lowland, marshy
hilly, rolling, ~mountainous ! flat, level, even, coastal, plain
sandy-colored, beige, tan ! black, blue, red, green, gray
mechanical, ~robotic, ~automated, ~clockwork ! organic, biological, living, natural, manual
robotic, mechanical, android, ~automated ! human, organic, living, natural, animal
electric, electrical, ~powered ! manual, acoustic, gas, steam, unplugged
electronic, ~digital, ~electric ! acoustic, mechanical, manual, analog, wooden
human, ~mortal, ~humanlike ! animal, robotic, alien, inhuman, divine
male, masculine, ~manly ! female, feminine, womanly, girlish, ladylike
female, feminine, ~womanly ! male, masculine, manly, boyish, manlike
naked eye, unaided eye ! telescope, microscope, camera, glasses, binoculars
dressed, clothed, clad, ~attired ! unclothed, bare, unadorned, stripped, shirtless
barefoot, barefooted, shoeless ! booted, shod, sandaled, slippered, gloved
bearded, ~whiskered, ~unshaven ! clean-shaven, beardless, shaven, smooth-faced, bald
bald, hairless, ~shaven ! hairy, long-haired, bearded, curly-haired, shaggy
armored, armoured, ~plated, ~protected ! unarmored, unprotected, bare, exposed, soft
winged, feathered, ~flying ! wingless, horned, legless, crawling, walking
horned, antlered ! hornless, winged, tusked, smooth-headed, maned
feathered, plumed, ~feathery ! scaly, furry, hairless, bald, smooth
empty-handed, ~unarmed ! loaded, armed, carrying, burdened, equipped
armed, ~equipped, ~weaponed ! unarmed, defenseless, peaceful, harmless, empty-handed
dangerous, perilous, hazardous, risky, ~deadly ! safe, harmless, secure, gentle, risk-free
safe, secure, protected, ~harmless ! dangerous, unsafe, risky, hazardous, deadly
deadly, lethal, fatal ! harmless, safe, healthy, vital, gentle
poisonous, toxic, venomous ! harmless, edible, safe, nontoxic, healthy
free, unbound, ~liberated ! caged, captive, bound, trapped, imprisoned
trapped, caught, ~captive, ~stuck ! free, released, escaped, loose, liberated
common, ordinary, usual, ~typical ! rare, unusual, exotic, special, unique
ordinary, normal, plain, common, ~everyday ! extraordinary, unusual, special, exotic, strange
rare, uncommon, scarce, ~unusual ! common, ordinary, frequent, abundant, typical
special, ~unique, ~particular ! ordinary, common, plain, normal, usual
unique, one-of-a-kind, ~special ! common, ordinary, identical, typical, generic
identical, same, alike, matching ! different, unlike, distinct, mismatched, varied
different, various, ~distinct ! same, identical, similar, alike, matching
important, significant, ~major ! unimportant, minor, trivial, insignificant, small
valuable, precious, ~priceless ! worthless, cheap, common, fake, useless
precious, valuable, ~priceless, ~dear ! worthless, cheap, common, fake, ordinary
cheap, inexpensive, ~low-cost ! expensive, costly, luxurious, valuable, precious
expensive, costly, pricey, ~luxurious ! cheap, inexpensive, worthless, low-cost, affordable
heavenly, celestial, divine, ~blissful ! earthly, hellish, infernal, worldly, mundane
outdoor, open-air, outside ! indoor, inside, underground, enclosed, covered
indoor, inside, ~interior ! outdoor, outside, open-air, exterior, wild
domestic, household, ~tame ! wild, foreign, feral, industrial, public
public, ~open, ~communal ! private, secret, personal, hidden, exclusive
private, personal, ~secluded ! public, open, shared, crowded, communal
military, ~army, ~martial ! civilian, peaceful, religious, naval, nonmilitary
`;
