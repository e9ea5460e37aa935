"""Faults in what a criteria file says: what is wrong, and what to write instead."""

from evalsvc.words.sentence import Sentence

SETS: dict[str, Sentence] = {
    "finer-than-decimals": Sentence(
        "{number} has more than {places} decimals.",
        "Write at most {places} decimals, or raise decimals at the top of the file.",
    ),
    "above-most": Sentence(
        "{points} is more than the most of the line, {most}.",
        "Lower the points, or raise the most.",
    ),
    "best-is-not-most": Sentence(
        "The best that can be reached is not the most of the line, {most}.",
        "Give the best level the most, or correct the most.",
    ),
    "items-do-not-add-up": Sentence(
        "The items add up to {total}, not to {most}.",
        "Correct the points of an item, or the most of the line.",
    ),
    "years-out-of-order": Sentence(
        "The set ends in {end}, before it begins in {start}.",
        "Let until be the same year as from, or a later one.",
    ),
    "parts-of-parts": Sentence(
        "A part has no parts of its own.",
        "There are three levels: group, criterion, part. Make it a criterion of its own.",
    ),
    "duplicate-code": Sentence(
        "The code “{code}” cannot be used here again.",
        "Give each its own code; “none” is kept for “none of them”.",
    ),
    "tiers-out-of-order": Sentence(
        "This tier does not stand below the one before it.",
        "Go down from the best tier; bounds and points fall, only the last tier has no bound.",
    ),
    "lowest-tier-has-bound": Sentence(
        "The lowest tier leaves something out.",
        "End with a tier without from or more-than, such as points: 0.",
    ),
    "each-is-zero": Sentence(
        "An event worth 0 points changes nothing.",
        "Write what each is worth, or take it out.",
    ),
    "late-steps-out-of-order": Sentence(
        "This step does not come after the one before it.",
        "Let the days rise; only the last step may go without up-to.",
    ),
    "late-gains": Sentence(
        "Sending later would give more points.",
        "Let the points fall from step to step.",
    ),
    "late-steps-as-shares": Sentence(
        "With several due dates a step cannot have points.",
        "Write the share that is kept of one date's part, such as share: 1/2.",
    ),
    "line-does-not-rise": Sentence(
        "The line does not rise from {start} to {end}.",
        "Write the smaller number in from.",
    ),
    "cut-and-line": Sentence(
        "cut-below and line exclude each other.",
        "Keep one of the two.",
    ),
    "step-does-not-divide-most": Sentence(
        "Steps of {step} never reach {most}.",
        "Choose a step that divides the most.",
    ),
    "wordings-do-not-rise": Sentence(
        "This level does not stand above the one before it.",
        "Begin with the lowest level and let the points rise.",
    ),
    "last-level-is-the-rest": Sentence(
        "The last entry does not cover every other band, or a band stands twice.",
        "Name each band once and end with an entry without band, such as points: 0.",
    ),
    "points-though-equal": Sentence(
        "All items are equal here, so none has “{key}” of its own.",
        "Remove “{key}”, or remove equal: yes.",
    ),
    "minimum-without-treatment": Sentence(
        "minimum and too-few go together.",
        "Write both: how many replies are needed, and what becomes of the line with fewer.",
    ),
    "bands-go-with-tiers": Sentence(
        "bands goes with tiers, never with child.",
        "With tiers name in bands the bands that count; with child leave bands out.",
    ),
    "not-evidence": Sentence(
        "“{text}” does not say which evidence is needed.",
        "Write none, or required: or wanted: with the name of the document.",
    ),
    "not-a-condition": Sentence(
        "This condition has none of the known keys.",
        "Use one of these keys: {choices}.",
    ),
    "gate-without-effect": Sentence(
        "The gate has no effect.",
        "Add at-most: with a band, or no-title: yes, or unrated: yes.",
    ),
    "kind-goes-with-band": Sentence(
        "kind and band go together.",
        "Write both: which kind of unit, and which band it should reach.",
    ),
    "example-needs-column": Sentence(
        "The example does not say its column.",
        "Add column: with one of these: {choices}.",
    ),
    "example-needs-year": Sentence(
        "The example does not say its year.",
        "Add year: with four digits.",
    ),
    "example-comes-out-otherwise": Sentence(
        "The answer “{answer}” gives {points} points, not {said}.",
        "Correct the example, or the rule of the criterion.",
    ),
    "ladder-missing": Sentence(
        "Column “{text}” has no bands.",
        "Write bands for each column: {choices}.",
    ),
    "not-a-comparison": Sentence(
        "“{text}” compares nothing.",
        "Write two criteria with a sign between them, such as 3.2 > 3.1.",
    ),
    "bounds-of-two-kinds": Sentence(
        "One bound is a percentage, the other is a number.",
        "Write both as percentages or both as numbers.",
    ),
    "bounds-out-of-order": Sentence(
        "The upper bound {high} is below the lower bound {low}.",
        "Write the smaller one in from.",
    ),
    "scale-is-zero": Sentence(
        "The scale is 0.",
        "Write the points of a full sheet, such as 100.",
    ),
    "column-without-kind": Sentence(
        "No kind of unit has column “{column}”.",
        "Name the column at a kind, or remove it.",
    ),
    "group-sum": Sentence(
        "The criteria of group {code} add up to {sum}{in_column}, not {said}.",
        "Correct the most of the group, or of one of its criteria.",
    ),
    "heading-sum": Sentence(
        "The parts of {code} add up to {sum}{in_column}, not {said}.",
        "Correct the most of the criterion, or of one of its parts.",
    ),
    "group-most-missing": Sentence(
        "Group {code} does not say its most.",
        "Add most; its criteria add up to {sum}.",
    ),
    "nothing-in-column": Sentence(
        "{code} says 0 for column “{column}”, where nothing stands.",
        "Write “—” for that column.",
    ),
    "most-outside-scale": Sentence(
        "Group {code} lies outside the scale and has no most.",
        "Remove most; a cap may stand there instead.",
    ),
    "cap-above-sum": Sentence(
        "The cap of group {code} is {cap}, more than its sum, {sum}.",
        "Lower the cap, or remove it.",
    ),
    "on-no-sheet": Sentence(
        "{code} is on no sheet: every column says “—”.",
        "Write the most in one column, or remove the criterion.",
    ),
    "not-applicable-outside-scale": Sentence(
        "A bonus or a penalty is never “not applicable”.",
        "Remove not-applicable; where nothing happened it is 0.",
    ),
    "children-without-reason": Sentence(
        "{code} reads results of units below, but says nothing for a unit that has none.",
        "Add not-applicable with a reason and its treatment.",
    ),
    "never-valid": Sentence(
        "{code} is on no sheet in any year of the set.",
        "Correct valid, or the years of the set.",
    ),
    "most-missing": Sentence(
        "{code} does not say its most.",
        "Add most; only a bonus or penalty that is counted may go without.",
    ),
    "most-is-zero": Sentence(
        "The most of {code} is 0.",
        "Write more than 0, or “—” for a column without the line.",
    ),
    "bands-out-of-order": Sentence(
        "“{name}” does not stand below the band before it.",
        "Go down from the best band, each with a smaller bound.",
    ),
    "lowest-band-not-zero": Sentence(
        "The lowest band, “{name}”, does not begin at 0.",
        "Write from: 0 there.",
    ),
    "sheet-is-empty": Sentence(
        "Kind “{kind}” has no criterion in {year}.",
        "Give its column some criteria, or remove the kind.",
    ),
    "sheet-does-not-fit": Sentence(
        "The sheet of kind “{kind}” adds up to {sum} in {year}, not {scale} (tags: {tags}).",
        "Correct the mosts, or add fit: scale (stretched to the scale) or fit: own (a scale of "
        "its own).",
    ),
    "no-such-tag": Sentence(
        "There is no tag “{text}”.",
        "Tags of this set: {choices}.",
    ),
    "flag-without-gate": Sentence(
        "The flag “{flag}” has no effect: no gate asks for it.",
        "Add a gate with it, or remove it.",
    ),
    "no-such-flag": Sentence(
        "There is no flag “{text}”.",
        "Flags of this set: {choices}.",
    ),
    "names-nothing": Sentence(
        "Nothing in the set has the code “{text}”.",
        "Codes that fit here: {choices}.",
    ),
    "no-such-band": Sentence(
        "There is no band “{text}”.",
        "Bands: {choices}.",
    ),
    "no-such-item": Sentence(
        "The criterion has no item “{text}”.",
        "Its items: {choices}.",
    ),
    "no-such-answer": Sentence(
        "“{text}” is not an answer to this criterion.",
        "Its answers: {choices}.",
    ),
    "quota-on-lowest-band": Sentence(
        "“{band}” is the lowest band: nobody can fall below it.",
        "Set the quota on a higher band.",
    ),
    "two-quotas-on-a-band": Sentence(
        "Two quotas limit the band “{band}”.",
        "Keep one of them.",
    ),
    "no-such-title": Sentence(
        "There is no title “{text}” before this place.",
        "Titles that fit here: {choices}.",
    ),
    "total-of-no-part": Sentence(
        "“{text}” does not count so many of so many.",
        "Name a criterion of kind ratio or tiers: {choices}.",
    ),
    "no-such-kind": Sentence(
        "There is no kind of unit “{text}”.",
        "Kinds: {choices}.",
    ),
}
