"""Evidence that is not taken, or cannot be shown: what is wrong, what to do instead."""

from evalsvc.words.sentence import Sentence

EVIDENCE: dict[str, Sentence] = {
    "file-empty": Sentence(
        "The file is empty.",
        "Look whether it opens on your machine, then send it again.",
    ),
    "evidence-too-large": Sentence(
        "The file is larger than {most} MB.",
        "Send only the pages that count, or save it as a PDF of smaller size.",
    ),
    "file-unknown": Sentence(
        "This is none of the kinds of files that are taken.",
        "Save it as PDF, PNG, JPEG, .docx or .xlsx; another ending in the name is not enough.",
    ),
    "file-is-page": Sentence(
        "This is a web page, whatever its name says.",
        "Print the page to PDF and send that.",
    ),
    "file-is-drawing": Sentence(
        "This is an SVG drawing, which may hold programs.",
        "Save it as PNG or PDF.",
    ),
    "file-is-program": Sentence(
        "This is a program, whatever its name says.",
        "Send the document itself, as PDF, PNG, JPEG, .docx or .xlsx.",
    ),
    "file-is-other-office": Sentence(
        "This is an Office file of a kind that is not taken, such as an old .doc or .xls.",
        "Open it and save it as .docx, .xlsx or PDF.",
    ),
    "file-is-other-picture": Sentence(
        "This is a picture of a kind that is not taken, such as HEIC, GIF or TIFF.",
        "Save it as JPEG or PNG.",
    ),
    "file-is-archive": Sentence(
        "This is a compressed archive.",
        "Unpack it and send the documents one by one.",
    ),
    "file-locked": Sentence(
        "The file opens only with a password.",
        "Take the password off, then send it again.",
    ),
    "pdf-broken": Sentence(
        "The PDF is damaged or incomplete.",
        "Look whether it opens on your machine; if not, make it anew from the original.",
    ),
    "picture-broken": Sentence(
        "The picture is damaged or incomplete.",
        "Look whether it opens on your machine; if not, take or save it anew.",
    ),
    "picture-too-large": Sentence(
        "The picture has more than {most} million pixels.",
        "Save it smaller, or scan it with fewer dots per inch.",
    ),
    "office-broken": Sentence(
        "The Word or Excel file is damaged.",
        "Open it, save it under a new name, then send the new one.",
    ),
    "office-too-big": Sentence(
        "The Word or Excel file holds far too much for its size.",
        "Save it as PDF and send that.",
    ),
    "office-has-macros": Sentence(
        "The Word or Excel file holds macros or controls.",
        "Save it as .docx or .xlsx without macros, or as PDF.",
    ),
    "office-has-program": Sentence(
        "A program is packed in the Word or Excel file.",
        "Take it out of the document, or save the document as PDF.",
    ),
    "office-has-archive": Sentence(
        "A compressed archive is packed in the Word or Excel file.",
        "Take it out of the document, or save the document as PDF.",
    ),
    "file-infected": Sentence(
        "The virus scanner has found “{name}” in the file; it was not kept.",
        "Have the machine checked from which it comes, then send a clean copy.",
    ),
    "scanner-unreachable": Sentence(
        "The virus scanner does not answer, so the file was not taken.",
        "Try again later; if this goes on, tell the administrator of the system.",
    ),
    "scanner-limit": Sentence(
        "The file is larger than the virus scanner looks at.",
        "Send a smaller file, or ask the administrator of the system to raise that limit.",
    ),
    "piece-gap": Sentence(
        "The upload was interrupted; {length} bytes have arrived.",
        "Go on sending from there, or choose the file again.",
    ),
    "piece-too-large": Sentence(
        "One piece of the upload is larger than {most} MB.",
        "Choose the file again.",
    ),
    "disk-full": Sentence(
        "There is no room left for files, so the file was not kept.",
        "Tell the administrator of the system, and send it again later.",
    ),
    "upload-too-long": Sentence(
        "More has arrived than the {size} bytes that were announced.",
        "Choose the file again.",
    ),
    "unit-files-full": Sentence(
        "The files of the unit would take more than {most} MB together.",
        "Use documents again that are there already, or show a link or number instead of a file.",
    ),
    "evidence-stands": Sentence(
        "What line {line} was appraised on stays as it is.",
        "Add the new document beside it.",
    ),
    "document-on-line": Sentence(
        "This document is shown on line {line} already.",
        "Look at it in the list of the line.",
    ),
    "no-picture": Sentence(
        "No picture can be made of this page.",
        "Download the file and open it on your machine.",
    ),
}
