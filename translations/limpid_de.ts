<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open …</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Export …</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Select &amp;Whole Photo</source>
        <translation>&amp;Ganzes Foto wählen</translation>
    </message>
    <message>
        <source>&amp;After Only</source>
        <translation>Nur &amp;Nachher</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>&amp;Geteilt</translation>
    </message>
    <message>
        <source>Side &amp;by Side</source>
        <translation>Ne&amp;beneinander</translation>
    </message>
    <message>
        <source>&amp;Top and Bottom</source>
        <translation>&amp;Übereinander</translation>
    </message>
    <message>
        <source>S&amp;wap Sides</source>
        <translation>Seiten &amp;tauschen</translation>
    </message>
    <message>
        <source>Show B&amp;efore</source>
        <translation>&amp;Vorher zeigen</translation>
    </message>
    <message>
        <source>Fit or &amp;100 %</source>
        <translation>Einpassen oder &amp;100 %</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>Zoom 100 %</source>
        <translation>Zoom 100 %</translation>
    </message>
    <message>
        <source>Zoom 200 %</source>
        <translation>Zoom 200 %</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Show &amp;Panels</source>
        <translation>&amp;Bedienfelder zeigen</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Hand</source>
        <translation>&amp;Hand</translation>
    </message>
    <message>
        <source>&amp;Rectangle</source>
        <translation>&amp;Rechteck</translation>
    </message>
    <message>
        <source>R&amp;estore</source>
        <translation>&amp;Schärfe wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Pre&amp;vious Step</source>
        <translation>&amp;Voriger Schritt</translation>
    </message>
    <message>
        <source>&amp;Next Step</source>
        <translation>&amp;Nächster Schritt</translation>
    </message>
    <message>
        <source>&amp;Keep This Step</source>
        <translation>Diesen Schritt &amp;behalten</translation>
    </message>
    <message>
        <source>&amp;Keys and Mouse</source>
        <translation>&amp;Tasten und Maus</translation>
    </message>
    <message>
        <source>&amp;About Limpid</source>
        <translation>Ü&amp;ber Limpid</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Th&amp;eme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Show &amp;LKPN Latent</source>
        <translation>&amp;LKPN-Latent zeigen</translation>
    </message>
    <message>
        <source>&amp;Models …</source>
        <translation>&amp;Modelle …</translation>
    </message>
    <message>
        <source>Show I&amp;nvented Detail</source>
        <translation>Erfu&amp;ndenes zeigen</translation>
    </message>
    <message>
        <source>&amp;Go to Photo or Panels</source>
        <translation>Zu Foto oder &amp;Bedienfeld gehen</translation>
    </message>
</context>
<context>
    <name>DeviceText</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ErrorCause</name>
    <message>
        <source>Save it as an ordinary JPEG, PNG or TIFF file in another program, then open that one.</source>
        <translation>Speichern Sie sie in einem anderen Programm als gewöhnliche JPEG-, PNG- oder TIFF-Datei und öffnen Sie dann diese.</translation>
    </message>
    <message>
        <source>Save it in RGB with 8 or 16 bits per color in another program, then open that file.</source>
        <translation>Speichern Sie sie in einem anderen Programm in RGB mit 8 oder 16 Bit je Farbe und öffnen Sie dann diese Datei.</translation>
    </message>
    <message>
        <source>It is an animation, not a single picture.</source>
        <translation>Sie ist eine Animation, kein einzelnes Bild.</translation>
    </message>
    <message>
        <source>Save the picture that you want as a file of its own.</source>
        <translation>Speichern Sie das gewünschte Bild als eigene Datei.</translation>
    </message>
    <message>
        <source>There is no picture in it.</source>
        <translation>Darin ist kein Bild.</translation>
    </message>
    <message>
        <source>Its contents contradict each other.</source>
        <translation>Ihr Inhalt widerspricht sich.</translation>
    </message>
    <message>
        <source>There is not enough for %1 as a whole.</source>
        <translation>Für %1 als Ganzes reicht er nicht.</translation>
    </message>
    <message>
        <source>Choose another one under Tools, Models, or import it there once more.</source>
        <translation>Wählen Sie unter Werkzeuge, Modelle ein anderes oder importieren Sie es dort noch einmal.</translation>
    </message>
    <message>
        <source>Its colors are meant for printing (CMYK).</source>
        <translation>Ihre Farben sind für den Druck gedacht (CMYK).</translation>
    </message>
    <message>
        <source>It is a JPEG file with other than 8 bits per color.</source>
        <translation>Sie ist eine JPEG-Datei mit anderem als 8 Bit je Farbe.</translation>
    </message>
    <message>
        <source>It is a lossless or hierarchical JPEG file, a rare kind.</source>
        <translation>Sie ist eine verlustfreie oder hierarchische JPEG-Datei, eine seltene Art.</translation>
    </message>
    <message>
        <source>It is a BigTIFF file, the kind for more than 4 GB.</source>
        <translation>Sie ist eine BigTIFF-Datei, die Art für mehr als 4 GB.</translation>
    </message>
    <message>
        <source>Its colors are stored as floating-point or signed numbers.</source>
        <translation>Ihre Farben sind als Gleitkomma- oder vorzeichenbehaftete Zahlen gespeichert.</translation>
    </message>
    <message>
        <source>It has neither 8 nor 16 bits per color.</source>
        <translation>Sie hat weder 8 noch 16 Bit je Farbe.</translation>
    </message>
    <message>
        <source>Its colors are neither gray nor RGB.</source>
        <translation>Ihre Farben sind weder Grau noch RGB.</translation>
    </message>
    <message>
        <source>It is compressed in a way that Limpid cannot read.</source>
        <translation>Sie ist auf eine Weise komprimiert, die Limpid nicht lesen kann.</translation>
    </message>
    <message>
        <source>Save it without compression, or with LZW, in another program, then open that file.</source>
        <translation>Speichern Sie sie in einem anderen Programm ohne Komprimierung oder mit LZW und öffnen Sie dann diese Datei.</translation>
    </message>
    <message>
        <source>It is a TIFF file of a rare kind.</source>
        <translation>Sie ist eine TIFF-Datei seltener Art.</translation>
    </message>
    <message>
        <source>It is a folder.</source>
        <translation>Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>It is a device or a pipe.</source>
        <translation>Das ist ein Gerät oder eine Pipe.</translation>
    </message>
    <message>
        <source>A folder or a device has this name already.</source>
        <translation>Ein Ordner oder ein Gerät hat diesen Namen schon.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>It ends too early: a part of the picture is missing.</source>
        <translation>Sie endet zu früh: Ein Teil des Bildes fehlt.</translation>
    </message>
    <message>
        <source>The picture in it cannot be decoded.</source>
        <translation>Das Bild darin lässt sich nicht decodieren.</translation>
    </message>
    <message>
        <source>It is a JPEG file in far more passes than photo programs write.</source>
        <translation>Sie ist eine JPEG-Datei in weit mehr Durchgängen, als Fotoprogramme schreiben.</translation>
    </message>
    <message>
        <source>It is stored in pieces too large to be read.</source>
        <translation>Sie ist in zu großen Stücken gespeichert, um gelesen zu werden.</translation>
    </message>
    <message>
        <source>A TIFF file cannot have more than 4 GB.</source>
        <translation>Eine TIFF-Datei kann nicht mehr als 4 GB haben.</translation>
    </message>
    <message>
        <source>Export it as PNG or JPEG.</source>
        <translation>Exportieren Sie als PNG oder JPEG.</translation>
    </message>
    <message>
        <source>Close other programs, or make the photo smaller.</source>
        <translation>Schließen Sie andere Programme oder verkleinern Sie das Foto.</translation>
    </message>
    <message>
        <source>Close other programs, then export again.</source>
        <translation>Schließen Sie andere Programme und exportieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>The memory of the graphics card is full.</source>
        <translation>Der Speicher der Grafikkarte ist voll.</translation>
    </message>
    <message>
        <source>The folder of models has no list of them (catalog.json).</source>
        <translation>Im Ordner der Modelle fehlt deren Liste (catalog.json).</translation>
    </message>
    <message>
        <source>There is no folder of models.</source>
        <translation>Es gibt keinen Ordner mit Modellen.</translation>
    </message>
    <message>
        <source>None is installed for this method.</source>
        <translation>Für dieses Verfahren ist keines installiert.</translation>
    </message>
    <message>
        <source>The chosen one is no longer installed.</source>
        <translation>Das gewählte ist nicht mehr installiert.</translation>
    </message>
    <message>
        <source>Its file does not have the size that was imported.</source>
        <translation>Seine Datei hat nicht die Größe, mit der sie importiert wurde.</translation>
    </message>
    <message>
        <source>Its file does not have the size that it should.</source>
        <translation>Seine Datei hat nicht die Größe, die sie haben soll.</translation>
    </message>
    <message>
        <source>Its checksum is not the one in the list of models.</source>
        <translation>Seine Prüfsumme ist nicht die in der Liste der Modelle.</translation>
    </message>
    <message>
        <source>It computes values that are no numbers.</source>
        <translation>Es berechnet Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <source>Its file became shorter while it was read.</source>
        <translation>Seine Datei wurde kürzer, während sie gelesen wurde.</translation>
    </message>
    <message>
        <source>Wait until nothing writes to it, or copy it again.</source>
        <translation>Warten Sie, bis nichts mehr hineinschreibt, oder kopieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>It holds another network than this method needs.</source>
        <translation>Es enthält ein anderes Netz, als dieses Verfahren braucht.</translation>
    </message>
    <message>
        <source>The graphics driver reports no usable GPU.</source>
        <translation>Der Grafiktreiber meldet keine nutzbare GPU.</translation>
    </message>
    <message>
        <source>There is an NVIDIA driver, but Limpid was installed without CUDA.</source>
        <translation>Es gibt einen NVIDIA-Treiber, aber Limpid wurde ohne CUDA installiert.</translation>
    </message>
    <message>
        <source>Install Limpid again beside the driver, or run on the CPU.</source>
        <translation>Installieren Sie Limpid neben dem Treiber neu oder rechnen Sie auf der CPU.</translation>
    </message>
    <message>
        <source>This computer has no such device.</source>
        <translation>Dieser Rechner hat kein solches Gerät.</translation>
    </message>
    <message>
        <source>There is no NVIDIA graphics card; others cannot be used for this.</source>
        <translation>Es gibt keine NVIDIA-Grafikkarte; andere lassen sich hierfür nicht nutzen.</translation>
    </message>
    <message>
        <source>Run on the CPU.</source>
        <translation>Rechnen Sie auf der CPU.</translation>
    </message>
    <message>
        <source>There is an NVIDIA graphics card, but no driver for it.</source>
        <translation>Es gibt eine NVIDIA-Grafikkarte, aber keinen Treiber dafür.</translation>
    </message>
    <message>
        <source>Install NVIDIA&apos;s driver, or run on the CPU.</source>
        <translation>Installieren Sie den Treiber von NVIDIA oder rechnen Sie auf der CPU.</translation>
    </message>
    <message>
        <source>The graphics driver does not start.</source>
        <translation>Der Grafiktreiber startet nicht.</translation>
    </message>
    <message>
        <source>Restart the computer, or run on the CPU.</source>
        <translation>Starten Sie den Rechner neu oder rechnen Sie auf der CPU.</translation>
    </message>
    <message>
        <source>The graphics driver is too old for Limpid.</source>
        <translation>Der Grafiktreiber ist für Limpid zu alt.</translation>
    </message>
    <message>
        <source>Update the graphics driver, or run on the CPU.</source>
        <translation>Aktualisieren Sie den Grafiktreiber oder rechnen Sie auf der CPU.</translation>
    </message>
    <message>
        <source>The graphics card failed in an earlier run.</source>
        <translation>Die Grafikkarte hat bei einer früheren Wiederherstellung versagt.</translation>
    </message>
    <message>
        <source>Start Limpid again to use it, or run on the CPU.</source>
        <translation>Starten Sie Limpid neu, um sie zu nutzen, oder rechnen Sie auf der CPU.</translation>
    </message>
    <message>
        <source>The libraries for the graphics card cannot be loaded.</source>
        <translation>Die Bibliotheken für die Grafikkarte lassen sich nicht laden.</translation>
    </message>
    <message>
        <source>Install Limpid again, or run on the CPU.</source>
        <translation>Installieren Sie Limpid neu oder rechnen Sie auf der CPU.</translation>
    </message>
    <message>
        <source>The graphics card failed a test.</source>
        <translation>Die Grafikkarte hat eine Prüfung nicht bestanden.</translation>
    </message>
    <message>
        <source>The graphics card or its driver reports an error.</source>
        <translation>Die Grafikkarte oder ihr Treiber meldet einen Fehler.</translation>
    </message>
    <message>
        <source>“As published” runs the authors&apos; program, which knows no compact models.</source>
        <translation>„Wie veröffentlicht“ rechnet wie das Programm der Autoren, das keine kompakten Modelle kennt.</translation>
    </message>
    <message>
        <source>Switch “As published” off, or choose the published model under Tools, Models.</source>
        <translation>Schalten Sie „Wie veröffentlicht“ aus oder wählen Sie unter Werkzeuge, Modelle das veröffentlichte Modell.</translation>
    </message>
    <message>
        <source>Pictures can be compared for at most 1 megapixel, what lies around the region included.</source>
        <translation>Bilder lassen sich nur bis 1 Megapixel vergleichen, samt dem, was um den Bereich liegt.</translation>
    </message>
    <message>
        <source>Draw a smaller region, or compare latents.</source>
        <translation>Ziehen Sie einen kleineren Bereich auf oder vergleichen Sie Latents.</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>It has %1 megapixels; Limpid works on up to %2.</source>
        <translation>Es hat %1 Megapixel; Limpid verarbeitet bis zu %2.</translation>
    </message>
    <message>
        <source>The file has %1.</source>
        <translation>Die Datei hat %1.</translation>
    </message>
    <message>
        <source>The file has more than 2 GB.</source>
        <translation>Die Datei hat mehr als 2 GB.</translation>
    </message>
    <message>
        <source>You are not allowed to write there.</source>
        <translation>Dort dürfen Sie nicht schreiben.</translation>
    </message>
    <message>
        <source>You are not allowed to read it.</source>
        <translation>Sie dürfen sie nicht lesen.</translation>
    </message>
    <message>
        <source>Its disk can only be read.</source>
        <translation>Ihr Datenträger lässt sich nur lesen.</translation>
    </message>
    <message>
        <source>The disk reports an error.</source>
        <translation>Der Datenträger meldet einen Fehler.</translation>
    </message>
    <message>
        <source>The name is too long.</source>
        <translation>Der Name ist zu lang.</translation>
    </message>
    <message>
        <source>Its folder does not exist.</source>
        <translation>Ihren Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>Your share of the disk is used up.</source>
        <translation>Ihr Anteil am Datenträger ist aufgebraucht.</translation>
    </message>
    <message>
        <source>The disk cannot hold so large a file.</source>
        <translation>Der Datenträger kann keine so große Datei aufnehmen.</translation>
    </message>
    <message>
        <source>The system says: %1.</source>
        <translation>Das System meldet: %1.</translation>
    </message>
    <message>
        <source>Its brightness is meant for HDR displays (PQ or HLG).</source>
        <translation>Ihre Helligkeit ist für HDR-Bildschirme gedacht (PQ oder HLG).</translation>
    </message>
    <message>
        <source>It is a HEIC or AVIF file, and the decoder for it is not installed.</source>
        <translation>Sie ist eine HEIC- oder AVIF-Datei, und der Decoder dafür ist nicht installiert.</translation>
    </message>
    <message>
        <source>It is a HEIF file of a rare kind.</source>
        <translation>Sie ist eine HEIF-Datei seltener Art.</translation>
    </message>
    <message>
        <source>Its contents are not those of a JPEG, PNG, TIFF, WebP, HEIC or AVIF file, whatever its name says.</source>
        <translation>Ihr Inhalt ist nicht der einer JPEG-, PNG-, TIFF-, WebP-, HEIC- oder AVIF-Datei, was auch immer ihr Name sagt.</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>%1 was not found.</source>
        <translation>%1 wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>%1 is not a file that can hold a photo.</source>
        <translation>%1 ist keine Datei, die ein Foto enthalten kann.</translation>
    </message>
    <message>
        <source>%1 could not be read.</source>
        <translation>%1 konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>%1 konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 is in a format that Limpid does not know.</source>
        <translation>%1 hat ein Format, das Limpid nicht kennt.</translation>
    </message>
    <message>
        <source>%1 is damaged or incomplete.</source>
        <translation>%1 ist beschädigt oder unvollständig.</translation>
    </message>
    <message>
        <source>%1 is the photo you opened. Limpid never writes over an original.</source>
        <translation>%1 ist das geöffnete Foto. Limpid überschreibt nie ein Original.</translation>
    </message>
    <message>
        <source>There was no room left to write %1.</source>
        <translation>Für %1 war kein Platz mehr auf dem Datenträger.</translation>
    </message>
    <message>
        <source>The region lies outside the photo.</source>
        <translation>Der Bereich liegt außerhalb des Fotos.</translation>
    </message>
    <message>
        <source>The model %1 is missing, so nothing can be restored.</source>
        <translation>Das Modell %1 fehlt; ohne es lässt sich keine Schärfe wiederherstellen.</translation>
    </message>
    <message>
        <source>The model %1 is damaged.</source>
        <translation>Das Modell %1 ist beschädigt.</translation>
    </message>
    <message>
        <source>The model %1 does not belong to this method.</source>
        <translation>Das Modell %1 gehört nicht zu diesem Verfahren.</translation>
    </message>
    <message>
        <source>There was not enough memory. The photo is unchanged.</source>
        <translation>Der Arbeitsspeicher reichte nicht aus. Das Foto ist unverändert.</translation>
    </message>
    <message>
        <source>The chosen device cannot be used.</source>
        <translation>Das gewählte Gerät ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>These settings cannot be used together.</source>
        <translation>Diese Einstellungen passen nicht zusammen.</translation>
    </message>
    <message>
        <source>Something went wrong inside Limpid. The photo is unchanged.</source>
        <translation>In Limpid ist etwas schiefgegangen. Das Foto ist unverändert.</translation>
    </message>
    <message>
        <source>If it was moved or renamed, open it from its new place.</source>
        <translation>Falls sie verschoben oder umbenannt wurde, öffnen Sie sie am neuen Ort.</translation>
    </message>
    <message>
        <source>Check that you may read it and that its disk is connected.</source>
        <translation>Prüfen Sie, ob Sie sie lesen dürfen und ob ihr Datenträger angeschlossen ist.</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>Convert it to JPEG, PNG, TIFF or WebP first.</source>
        <translation>Wandeln Sie die Datei zuerst in JPEG, PNG, TIFF oder WebP um.</translation>
    </message>
    <message>
        <source>Copy it again from the camera or from a backup.</source>
        <translation>Kopieren Sie sie noch einmal von der Kamera oder aus einer Sicherung.</translation>
    </message>
    <message>
        <source>Make it smaller, or cut out the part to restore.</source>
        <translation>Verkleinern Sie das Foto oder schneiden Sie den wichtigen Teil aus.</translation>
    </message>
    <message>
        <source>Choose another name or another folder.</source>
        <translation>Wählen Sie einen anderen Namen oder einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Free some space or choose another disk, then try again.</source>
        <translation>Schaffen Sie Platz oder wählen Sie einen anderen Datenträger und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Draw a region on the photo.</source>
        <translation>Ziehen Sie einen Bereich auf dem Foto auf.</translation>
    </message>
    <message>
        <source>Start Limpid with --models and the folder that holds its models, or install it again.</source>
        <translation>Starten Sie Limpid mit --models und dem Ordner der Modelle oder installieren Sie es neu.</translation>
    </message>
    <message>
        <source>Replace it with a fresh copy of Limpid&apos;s models.</source>
        <translation>Ersetzen Sie es durch eine frische Kopie der Limpid-Modelle.</translation>
    </message>
    <message>
        <source>Draw a smaller region or close other programs, then run again.</source>
        <translation>Ziehen Sie einen kleineren Bereich auf oder schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Check the graphics driver, or run on the CPU.</source>
        <translation>Prüfen Sie den Grafiktreiber oder rechnen Sie auf der CPU.</translation>
    </message>
    <message>
        <source>Try again. If it happens again, please report the details.</source>
        <translation>Versuchen Sie es noch einmal. Geschieht es wieder, melden Sie bitte die Einzelheiten.</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(ohne Namen)</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>%1 exists already.</source>
        <translation>%1 gibt es schon.</translation>
    </message>
    <message>
        <source>%1 is too large for Limpid.</source>
        <translation>%1 ist für Limpid zu groß.</translation>
    </message>
    <message>
        <source>Set all of them back: choose another method, then this one again.</source>
        <translation>Setzen Sie alle zurück: Wählen Sie ein anderes Verfahren und dann wieder dieses.</translation>
    </message>
    <message>
        <source>The model is missing, so nothing can be restored.</source>
        <translation>Das Modell fehlt, deshalb lässt sich nichts wiederherstellen.</translation>
    </message>
    <message>
        <source>The list of models is damaged.</source>
        <translation>Die Liste der Modelle ist beschädigt.</translation>
    </message>
    <message>
        <source>Move it to another folder, then import the models again.</source>
        <translation>Verschieben Sie sie in einen anderen Ordner und importieren Sie die Modelle dann neu.</translation>
    </message>
    <message>
        <source>Choose a JPEG, PNG, TIFF, WebP, HEIC or AVIF file.</source>
        <translation>Wählen Sie eine JPEG-, PNG-, TIFF-, WebP-, HEIC- oder AVIF-Datei.</translation>
    </message>
</context>
<context>
    <name>FormatText</name>
    <message>
        <source>16-bit values are reduced to 8 bits.</source>
        <translation>16-Bit-Werte werden auf 8 Bit verringert.</translation>
    </message>
    <message>
        <source>Transparency is lost.</source>
        <translation>Die Transparenz geht verloren.</translation>
    </message>
    <message>
        <source>IPTC tags cannot be kept.</source>
        <translation>IPTC-Angaben können nicht erhalten werden.</translation>
    </message>
    <message>
        <source>Extra pictures inside the file (gain map, depth, preview) are lost.</source>
        <translation>Zusätzliche Bilder in der Datei (Gain-Map, Tiefe, Vorschau) gehen verloren.</translation>
    </message>
    <message>
        <source>The file&apos;s comment cannot be kept.</source>
        <translation>Der Kommentar der Datei kann nicht erhalten werden.</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>Modell wird geladen …</translation>
    </message>
    <message>
        <source>Preparing …</source>
        <translation>Wird vorbereitet …</translation>
    </message>
    <message>
        <source>Restoring …</source>
        <translation>Schärfe wird wiederhergestellt …</translation>
    </message>
    <message>
        <source>Finishing …</source>
        <translation>Wird abgeschlossen …</translation>
    </message>
    <message>
        <source>Memory is short: going on with smaller tiles.</source>
        <translation>Der Speicher ist knapp: Es geht mit kleineren Kacheln weiter.</translation>
    </message>
    <message>
        <source>The graphics card could not do it: going on with the CPU.</source>
        <translation>Die Grafikkarte hat es nicht geschafft: Es geht auf der CPU weiter.</translation>
    </message>
    <message>
        <source>Going on with lower precision.</source>
        <translation>Es geht mit geringerer Genauigkeit weiter.</translation>
    </message>
    <message>
        <source>%1 × %2, %3 megapixels</source>
        <translation>%1 × %2, %3 Megapixel</translation>
    </message>
    <message>
        <source>under a second</source>
        <translation>unter einer Sekunde</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>The camera maker&apos;s own data is left out, because it may tell the location.</source>
        <translation>Die eigenen Daten des Kameraherstellers entfallen, weil sie den Ort verraten können.</translation>
    </message>
    <message>
        <source>A part of the metadata is damaged or does not fit, and cannot be kept.</source>
        <translation>Ein Teil der Metadaten ist beschädigt oder passt nicht hinein und entfällt.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All but location</source>
        <translation>Alle außer dem Ort</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>Grundlegende</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>All metadata goes with it: EXIF, GPS, IPTC, XMP and the color profile.</source>
        <translation>Alle Metadaten bleiben erhalten: EXIF, GPS, IPTC, XMP und das Farbprofil.</translation>
    </message>
    <message>
        <source>All metadata goes with it, but for positions and names of places.</source>
        <translation>Alle Metadaten bleiben erhalten, außer Positionen und Ortsnamen.</translation>
    </message>
    <message>
        <source>Of the metadata dates, camera, lens, exposure, credits and the color profile go with it.</source>
        <translation>Von den Metadaten bleiben Datum, Kamera, Objektiv, Belichtung, Urheber und das Farbprofil erhalten.</translation>
    </message>
    <message>
        <source>Of the metadata only the color profile goes with it.</source>
        <translation>Von den Metadaten bleibt nur das Farbprofil erhalten.</translation>
    </message>
</context>
<context>
    <name>MethodText</name>
    <message>
        <source>Best for camera shake and missed focus. Stays close to the photo.</source>
        <translation>Für verwackelte und falsch fokussierte Fotos. Bleibt nah am Original.</translation>
    </message>
    <message>
        <source>Best for strong blur. Invents more fine detail.</source>
        <translation>Für starke Unschärfe. Erfindet mehr feine Einzelheiten.</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>How much randomness each step may add: 0 gives the calmest picture, 1 the liveliest texture.</source>
        <translation>Wie viel Zufall jeder Schritt einbringt: 0 gibt das ruhigste Bild, 1 die lebendigste Struktur.</translation>
    </message>
    <message>
        <source>Keep tones</source>
        <translation>Tonwerte erhalten</translation>
    </message>
    <message>
        <source>Takes broad tones and colors from the photo, so that they do not shift.</source>
        <translation>Übernimmt großflächige Helligkeiten und Farben aus dem Foto, damit sie sich nicht verschieben.</translation>
    </message>
    <message>
        <source>Protect sharp parts</source>
        <translation>Scharfes schonen</translation>
    </message>
    <message>
        <source>Leaves alone what is sharp, only noisy, or soft while the rest is sharp, if the model can tell. Off: all is restored.</source>
        <translation>Lässt unverändert, was scharf oder nur verrauscht ist, und was unscharf ist, während anderes scharf ist, sofern das Modell das unterscheiden kann. Aus: Alles wird restauriert.</translation>
    </message>
    <message>
        <source>Freedom</source>
        <translation>Freiheit</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>Führung</translation>
    </message>
    <message>
        <source>How firmly the steps follow the photo and the predicted kernels.</source>
        <translation>Wie streng die Schritte dem Foto und den vorhergesagten Kernen folgen.</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Text guidance</source>
        <translation>Textführung</translation>
    </message>
    <message>
        <source>Fidelity guidance</source>
        <translation>Treueführung</translation>
    </message>
    <message>
        <source>Pulls every step towards the photo by this much; 0 is off.</source>
        <translation>Zieht jeden Schritt so stark zum Foto hin; 0 ist aus.</translation>
    </message>
    <message>
        <source>Fidelity of</source>
        <translation>Treue von</translation>
    </message>
    <message>
        <source>What the fidelity guidance compares: everything alike, or flat areas more than edges.</source>
        <translation>Was die Treueführung vergleicht: alles gleich, oder ruhige Flächen mehr als Kanten.</translation>
    </message>
    <message>
        <source>Compared in</source>
        <translation>Verglichen in</translation>
    </message>
    <message>
        <source>Whether latents or decoded pictures are compared; pictures cost more.</source>
        <translation>Ob Latents oder dekodierte Bilder verglichen werden; Bilder kosten mehr.</translation>
    </message>
    <message>
        <source>Fidelity repeats</source>
        <translation>Treue-Wiederholungen</translation>
    </message>
    <message>
        <source>How often per step.</source>
        <translation>Wie oft je Schritt.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Which picture is the result: the final answer, or what the predicted kernels alone make of the photo.</source>
        <translation>Welches Bild das Ergebnis ist: die endgültige Antwort oder das, was allein die vorhergesagten Kerne aus dem Foto machen.</translation>
    </message>
    <message>
        <source>As published</source>
        <translation>Wie veröffentlicht</translation>
    </message>
    <message>
        <source>Ancestral (DDPM)</source>
        <translation>Ancestral (DDPM)</translation>
    </message>
    <message>
        <source>All alike</source>
        <translation>Alles gleich</translation>
    </message>
    <message>
        <source>Flat areas first</source>
        <translation>Ruhige Flächen zuerst</translation>
    </message>
    <message>
        <source>Latents</source>
        <translation>Latents</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Final answer</source>
        <translation>Endgültige Antwort</translation>
    </message>
    <message>
        <source>Predicted kernels</source>
        <translation>Vorhergesagte Kerne</translation>
    </message>
    <message>
        <source>How much noise the first step begins with: low stays close to the photo, 1 begins from noise alone.</source>
        <translation>Mit wie viel Rauschen der erste Schritt beginnt: wenig bleibt nah am Foto, 1 beginnt mit reinem Rauschen.</translation>
    </message>
    <message>
        <source>How one step leads to the next.</source>
        <translation>Wie ein Schritt zum nächsten führt.</translation>
    </message>
    <message>
        <source>Classifier-free guidance: above 1 every step costs twice as much and is pushed away from the negative prompt.</source>
        <translation>Classifier-free Guidance: Über 1 kostet jeder Schritt doppelt so viel und wird vom negativen Prompt weggedrückt.</translation>
    </message>
    <message>
        <source>Runs exactly as the authors&apos; program does, with its flaws. For comparisons.</source>
        <translation>Rechnet genau wie das Programm der Autoren, samt dessen Schwächen. Für Vergleiche.</translation>
    </message>
</context>
<context>
    <name>ModelText</name>
    <message>
        <source>this is a Stable Diffusion 2.1 base model without LKPN and ControlNet; DeblurDiff needs the published DeblurDiff checkpoint</source>
        <translation>das ist ein Grundmodell von Stable Diffusion 2.1 ohne LKPN und ControlNet; DeblurDiff braucht den veröffentlichten DeblurDiff-Checkpoint</translation>
    </message>
    <message>
        <source>this is a Stable Diffusion model of another version or size, without LKPN and ControlNet; DeblurDiff needs the published DeblurDiff checkpoint</source>
        <translation>das ist ein Stable-Diffusion-Modell einer anderen Version oder Größe, ohne LKPN und ControlNet; DeblurDiff braucht den veröffentlichten DeblurDiff-Checkpoint</translation>
    </message>
    <message>
        <source>this is a ControlNet alone; DeblurDiff needs the published DeblurDiff checkpoint</source>
        <translation>das ist nur ein ControlNet; DeblurDiff braucht den veröffentlichten DeblurDiff-Checkpoint</translation>
    </message>
    <message>
        <source>this is a kernel network (LKPN) alone; DeblurDiff needs the published DeblurDiff checkpoint</source>
        <translation>das ist nur ein Kernnetz (LKPN); DeblurDiff braucht den veröffentlichten DeblurDiff-Checkpoint</translation>
    </message>
    <message>
        <source>this is an autoencoder (VAE) alone; DeblurDiff needs the published DeblurDiff checkpoint</source>
        <translation>das ist nur ein Autoencoder (VAE); DeblurDiff braucht den veröffentlichten DeblurDiff-Checkpoint</translation>
    </message>
    <message>
        <source>%1 was not found.</source>
        <translation>%1 wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>%1 is not a file that can hold a model.</source>
        <translation>%1 ist keine Datei, die ein Modell enthalten kann.</translation>
    </message>
    <message>
        <source>%1 is not a file of weights Limpid can read.</source>
        <translation>%1 ist keine Gewichtsdatei, die Limpid lesen kann.</translation>
    </message>
    <message>
        <source>%1 is damaged or incomplete.</source>
        <translation>%1 ist beschädigt oder unvollständig.</translation>
    </message>
    <message>
        <source>%1 cannot be used by Limpid.</source>
        <translation>%1 kann Limpid nicht verwenden.</translation>
    </message>
    <message>
        <source>%1 lies in Limpid&apos;s own folder of models.</source>
        <translation>%1 liegt in Limpids eigenem Modellordner.</translation>
    </message>
    <message>
        <source>Check that its disk is connected.</source>
        <translation>Prüfen Sie, ob der Datenträger angeschlossen ist.</translation>
    </message>
    <message>
        <source>Choose a .safetensors, .pth, .pt or .ckpt file with plain weights.</source>
        <translation>Wählen Sie eine .safetensors-, .pth-, .pt- oder .ckpt-Datei mit reinen Gewichten.</translation>
    </message>
    <message>
        <source>Download or copy it again.</source>
        <translation>Laden oder kopieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>Nothing was imported.</source>
        <translation>Es wurde nichts importiert.</translation>
    </message>
    <message>
        <source>Move it to another folder first.</source>
        <translation>Verschieben Sie sie zuerst in einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>File is missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>File is damaged</source>
        <translation>Datei beschädigt</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Computing the checksum</source>
        <translation>Prüfsumme berechnen</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>%1 The reason: %2.</source>
        <translation>%1 Der Grund: %2.</translation>
    </message>
    <message>
        <source>a Git LFS pointer, not the file itself; download the file again</source>
        <translation>ein Git-LFS-Zeiger, nicht die Datei selbst; laden Sie die Datei noch einmal herunter</translation>
    </message>
    <message>
        <source>a web page, not a checkpoint; download the file again</source>
        <translation>eine Webseite, kein Checkpoint; laden Sie die Datei noch einmal herunter</translation>
    </message>
    <message>
        <source>a GGUF file, which is not supported; want safetensors, .pth or .ckpt</source>
        <translation>eine GGUF-Datei, die nicht unterstützt wird; nötig ist safetensors, .pth oder .ckpt</translation>
    </message>
    <message>
        <source>neither a safetensors file nor a checkpoint of PyTorch</source>
        <translation>weder eine safetensors-Datei noch ein Checkpoint von PyTorch</translation>
    </message>
    <message>
        <source>%1 had been imported before.</source>
        <translation>%1 war schon importiert.</translation>
    </message>
    <message>
        <source>%1 was imported.</source>
        <translation>%1 wurde importiert.</translation>
    </message>
</context>
<context>
    <name>limpid::ui::AboutDialog</name>
    <message>
        <source>About Limpid</source>
        <translation>Über Limpid</translation>
    </message>
    <message>
        <source>Limpid %1</source>
        <translation>Limpid %1</translation>
    </message>
    <message>
        <source>Restores blurred photographs with diffusion methods, while you watch.</source>
        <translation>Stellt die Schärfe von Fotos mit Diffusionsverfahren wieder her, und Sie sehen dabei zu.</translation>
    </message>
    <message>
        <source>Your photos stay here</source>
        <translation>Ihre Fotos bleiben hier</translation>
    </message>
    <message>
        <source>Limpid runs on this computer alone: nothing is uploaded, nothing is downloaded, and nobody is told what you open. An original is never written to.</source>
        <translation>Limpid läuft nur auf diesem Rechner: Nichts wird hochgeladen, nichts heruntergeladen, und niemand erfährt, was Sie öffnen. In ein Original wird nie geschrieben.</translation>
    </message>
    <message>
        <source>What is restored is an estimate</source>
        <translation>Das Ergebnis ist eine Schätzung</translation>
    </message>
    <message>
        <source>More steps choose detail that is likely, not certain: do not rely on it for faces, number plates or text.</source>
        <translation>Bei mehr Schritten kommen Einzelheiten hinzu, die wahrscheinlich sind, nicht sicher: Verlassen Sie sich bei Gesichtern, Kennzeichen oder Schrift nicht darauf.</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer. Ohne jede Gewährleistung.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>limpid::ui::CanvasLink</name>
    <message>
        <source>LKPN latent, step %1</source>
        <translation>LKPN-Latent, Schritt %1</translation>
    </message>
</context>
<context>
    <name>limpid::ui::CompareView</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>The photo before and after its restoration</source>
        <translation>Das Foto vor und nach der Wiederherstellung</translation>
    </message>
    <message>
        <source>There is not enough memory to show this picture.</source>
        <translation>Der Arbeitsspeicher reicht nicht, um dieses Bild zu zeigen.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Invented detail</source>
        <translation>Erfundenes</translation>
    </message>
    <message>
        <source>Looking for invented detail …</source>
        <translation>Erfundenes wird gesucht …</translation>
    </message>
    <message>
        <source>from the photo</source>
        <translation>aus dem Foto</translation>
    </message>
    <message>
        <source>invented</source>
        <translation>erfunden</translation>
    </message>
    <message>
        <source>Not enough memory to look for invented detail</source>
        <translation>Zu wenig Speicher, um Erfundenes zu suchen</translation>
    </message>
</context>
<context>
    <name>limpid::ui::DeviceRow</name>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Automatic (%1)</source>
        <translation>Automatisch (%1)</translation>
    </message>
    <message>
        <source>%1, chosen at an earlier start, is not there any more. The device is chosen automatically now.</source>
        <translation>%1, bei einem früheren Start gewählt, ist nicht mehr vorhanden. Das Gerät wird jetzt automatisch gewählt.</translation>
    </message>
    <message>
        <source>%1, chosen at an earlier start, cannot be used: %2 The device is chosen automatically now.</source>
        <translation>%1, bei einem früheren Start gewählt, kann nicht verwendet werden: %2 Das Gerät wird jetzt automatisch gewählt.</translation>
    </message>
</context>
<context>
    <name>limpid::ui::Document</name>
    <message>
        <source>Restore</source>
        <translation>Schärfe wiederherstellen</translation>
    </message>
    <message>
        <source>Change region</source>
        <translation>Bereich ändern</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>Change feather</source>
        <translation>Weiche Kante ändern</translation>
    </message>
    <message>
        <source>Keep step %1</source>
        <translation>Schritt %1 behalten</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
</context>
<context>
    <name>limpid::ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>F&amp;older</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>smaller file</source>
        <translation>kleinere Datei</translation>
    </message>
    <message>
        <source>better picture</source>
        <translation>besseres Bild</translation>
    </message>
    <message>
        <source>8 bits per channel</source>
        <translation>8 Bit pro Kanal</translation>
    </message>
    <message>
        <source>16 bits per channel</source>
        <translation>16 Bit pro Kanal</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Depth</source>
        <translation>Farb&amp;tiefe</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Writes %1</source>
        <translation>Schreibt %1</translation>
    </message>
    <message>
        <source>Type a name for the file.</source>
        <translation>Geben Sie der Datei einen Namen.</translation>
    </message>
    <message>
        <source>The name must not contain a slash.</source>
        <translation>Der Name darf keinen Schrägstrich enthalten.</translation>
    </message>
    <message>
        <source>This folder does not exist.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>This is the photo you opened. Limpid never writes over an original: choose another name or folder.</source>
        <translation>Das ist das geöffnete Foto. Limpid überschreibt nie ein Original: Wählen Sie einen anderen Namen oder Ordner.</translation>
    </message>
    <message>
        <source>%1 holds at most %2 pixels per side. Choose another format.</source>
        <translation>%1 fasst höchstens %2 Pixel pro Seite. Wählen Sie ein anderes Format.</translation>
    </message>
    <message>
        <source>%1 exists already. Replace it?</source>
        <translation>%1 gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>State that AI was &amp;used</source>
        <translation>Einsatz von &amp;KI angeben</translation>
    </message>
    <message>
        <source>Writes into the file’s XMP that a trained network took part (IPTC’s digital source type), and how: method, model, steps, seed, strength, region, and the version of Limpid. It is written whatever else of the metadata goes with the file.</source>
        <translation>Schreibt in das XMP der Datei, dass ein trainiertes Netz beteiligt war (IPTC: Digital Source Type), und wie: Verfahren, Modell, Schritte, Startwert, Stärke, Bereich und die Version von Limpid. Das geschieht unabhängig davon, welche Metadaten sonst erhalten bleiben.</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>&amp;Metadaten</translation>
    </message>
    <message>
        <source>The file says that AI was used, and how.</source>
        <translation>Die Datei gibt an, dass KI eingesetzt wurde, und wie.</translation>
    </message>
</context>
<context>
    <name>limpid::ui::FileFlow</name>
    <message>
        <source>Open a photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>Photos (%1)</source>
        <translation>Fotos (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Exported to “%1”.</source>
        <translation>Exportiert als „%1“.</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>The restored photo was not exported.</source>
        <translation>Das wiederhergestellte Foto wurde nicht exportiert.</translation>
    </message>
    <message>
        <source>Without an export the result is lost. The original is unchanged.</source>
        <translation>Ohne Export geht das Ergebnis verloren. Das Original ist unverändert.</translation>
    </message>
    <message>
        <source>Discard the result</source>
        <translation>Ergebnis verwerfen</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
    <message>
        <source>A restoration is running.</source>
        <translation>Eine Wiederherstellung läuft.</translation>
    </message>
    <message>
        <source>What it has done so far is lost. The original is unchanged.</source>
        <translation>Was sie bisher getan hat, geht verloren. Das Original bleibt unverändert.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>Cancel the restoration</source>
        <translation>Wiederherstellung abbrechen</translation>
    </message>
    <message>
        <source>A restoration is running. The export takes the finished one.</source>
        <translation>Eine Wiederherstellung läuft. Exportiert wird die fertige.</translation>
    </message>
    <message>
        <source>The export takes step %1 of %2, which is shown.</source>
        <translation>Exportiert wird der gezeigte Schritt %1 von %2.</translation>
    </message>
    <message>
        <source>There is only a preview of step %1. The export takes step %2 of %3.</source>
        <translation>Von Schritt %1 gibt es nur eine Vorschau. Exportiert wird Schritt %2 von %3.</translation>
    </message>
    <message>
        <source>“%1” opens as soon as the photo is exported.</source>
        <translation>„%1“ wird geöffnet, sobald das Foto exportiert ist.</translation>
    </message>
</context>
<context>
    <name>limpid::ui::KeysDialog</name>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Am Zeiger zoomen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Move the photo</source>
        <translation>Foto verschieben</translation>
    </message>
    <message>
        <source>Drag, or hold Space</source>
        <translation>Ziehen, oder Leertaste halten</translation>
    </message>
    <message>
        <source>Show before for a moment</source>
        <translation>Kurz Vorher zeigen</translation>
    </message>
    <message>
        <source>Hold \</source>
        <translation>\ halten</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zum Standardwert</translation>
    </message>
    <message>
        <source>Double-click a name</source>
        <translation>Doppelklick auf den Namen</translation>
    </message>
    <message>
        <source>Change a slider</source>
        <translation>Regler verstellen</translation>
    </message>
    <message>
        <source>Shift + wheel</source>
        <translation>Umschalt + Mausrad</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Region and divider</source>
        <translation>Bereich und Trennlinie</translation>
    </message>
    <message>
        <source>Rectangle in the middle</source>
        <translation>Rechteck in der Mitte</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabetaste</translation>
    </message>
    <message>
        <source>Move it by 1, by 10 pixels</source>
        <translation>Um 1, um 10 Pixel verschieben</translation>
    </message>
    <message>
        <source>Arrows, Shift + arrows</source>
        <translation>Pfeile, Umschalt + Pfeile</translation>
    </message>
    <message>
        <source>Resize it</source>
        <translation>Größe ändern</translation>
    </message>
    <message>
        <source>Ctrl + arrows</source>
        <translation>Strg + Pfeile</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Move the divider</source>
        <translation>Trennlinie verschieben</translation>
    </message>
    <message>
        <source>Alt + left, right</source>
        <translation>Alt + links, rechts</translation>
    </message>
</context>
<context>
    <name>limpid::ui::MainWindow</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>%1 – Limpid</source>
        <translation>%1 – Limpid</translation>
    </message>
    <message>
        <source>&amp;Clear List</source>
        <translation>Liste &amp;leeren</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>Exporting …</source>
        <translation>Wird exportiert …</translation>
    </message>
    <message>
        <source>Cancel this restoration?</source>
        <translation>Diese Wiederherstellung abbrechen?</translation>
    </message>
    <message>
        <source>%1 of work are lost. Pause keeps them.</source>
        <translation>%1 Arbeit gehen verloren. Pause behält sie.</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>A model is being imported.</source>
        <translation>Ein Modell wird importiert.</translation>
    </message>
    <message>
        <source>What is written of it so far is lost. Its file is unchanged.</source>
        <translation>Was davon bisher geschrieben ist, geht verloren. Seine Datei bleibt unverändert.</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>Import abbrechen</translation>
    </message>
    <message>
        <source>Limpid closes as soon as the photo is exported.</source>
        <translation>Limpid schließt, sobald das Foto exportiert ist.</translation>
    </message>
</context>
<context>
    <name>limpid::ui::MessageBanner</name>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>limpid::ui::ModelDialog</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Use for Its Method</source>
        <translation>Für sein Verfahren verwenden</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Import a file of weights</source>
        <translation>Gewichtsdatei importieren</translation>
    </message>
    <message>
        <source>Keep the numbers as they are</source>
        <translation>Zahlen unverändert lassen</translation>
    </message>
    <message>
        <source>Half precision (fp16)</source>
        <translation>Halbe Genauigkeit (fp16)</translation>
    </message>
    <message>
        <source>Half precision (bf16)</source>
        <translation>Halbe Genauigkeit (bf16)</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Cancel Import</source>
        <translation>Import abbrechen</translation>
    </message>
    <message>
        <source>%1 (in use)</source>
        <translation>%1 (in Gebrauch)</translation>
    </message>
    <message>
        <source>There are no models.</source>
        <translation>Es gibt keine Modelle.</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>%1: %2 …</source>
        <translation>%1: %2 …</translation>
    </message>
    <message>
        <source>Weights (%1)</source>
        <translation>Gewichte (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Remove the model %1?</source>
        <translation>Das Modell %1 entfernen?</translation>
    </message>
    <message>
        <source>Its %1 are deleted. The file it was imported from stays.</source>
        <translation>%1 werden gelöscht. Die Datei, aus der es importiert wurde, bleibt.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>Licence: %1. Checksum (SHA-256): %2 …</source>
        <translation>Lizenz: %1. Prüfsumme (SHA-256): %2 …</translation>
    </message>
    <message>
        <source>Imported from “%1”.</source>
        <translation>Importiert aus „%1“.</translation>
    </message>
</context>
<context>
    <name>limpid::ui::ParameterPanel</name>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>1: faithful</source>
        <translation>1: originaltreu</translation>
    </message>
    <message>
        <source>more: freer</source>
        <translation>mehr: freier</translation>
    </message>
    <message>
        <source>One step is a plain regression and stays closest to the photo. More steps choose detail more freely, and take longer.</source>
        <translation>Ein Schritt ist eine einfache Regression und bleibt dem Foto am nächsten. Mehr Schritte wählen Einzelheiten freier und dauern länger.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Blends the result with the photo: changes at once, without a new run</source>
        <translation>Mischt das Ergebnis mit dem Foto: wirkt sofort, ohne neuen Durchgang</translation>
    </message>
</context>
<context>
    <name>limpid::ui::ParameterRows</name>
    <message>
        <source>Expert settings</source>
        <translation>Expertenwerte</translation>
    </message>
</context>
<context>
    <name>limpid::ui::ProgressPanel</name>
    <message>
        <source>Settings or region changed since this result</source>
        <translation>Einstellungen oder Bereich seit diesem Ergebnis geändert</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>Paused at step %1 of %2</source>
        <translation>Pause bei Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Restore again</source>
        <translation>Noch einmal wiederherstellen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Schärfe wiederherstellen</translation>
    </message>
    <message>
        <source>Restored in %1 on %2</source>
        <translation>Fertig in %1 auf der %2</translation>
    </message>
    <message>
        <source>Not restored: see the message above the photo</source>
        <translation>Nicht wiederhergestellt: siehe Meldung über dem Foto</translation>
    </message>
    <message>
        <source>Cancelled: the result before is kept</source>
        <translation>Abgebrochen: Das vorige Ergebnis bleibt</translation>
    </message>
    <message>
        <source>Cancelled: the photo is unchanged</source>
        <translation>Abgebrochen: Das Foto ist unverändert</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>%1. This region is already sharp, so hardly anything changed.</source>
        <translation>%1. Dieser Bereich ist schon scharf, deshalb hat sich kaum etwas geändert.</translation>
    </message>
    <message>
        <source>%1. This photo is already sharp, so hardly anything changed.</source>
        <translation>%1. Dieses Foto ist schon scharf, deshalb hat sich kaum etwas geändert.</translation>
    </message>
    <message>
        <source>If you see blur, switch “Protect sharp parts” off.</source>
        <translation>Falls es unscharf aussieht, schalten Sie „Scharfes schonen“ aus.</translation>
    </message>
    <message>
        <source>Restore region</source>
        <translation>Bereich wiederherstellen</translation>
    </message>
</context>
<context>
    <name>limpid::ui::RegionSection</name>
    <message>
        <source>Draw a region</source>
        <translation>Bereich aufziehen</translation>
    </message>
    <message>
        <source>Restore a part only: drag a rectangle on the photo (R)</source>
        <translation>Nur einen Teil wiederherstellen: auf dem Foto ein Rechteck aufziehen (R)</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>Restore everything, not a region</source>
        <translation>Alles wiederherstellen, nicht nur einen Bereich</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Weiche Kante</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>How softly the region fades into the photo around it</source>
        <translation>Wie weich der Bereich in das Foto ringsum übergeht</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>%1 × %2 px</source>
        <translation>%1 × %2 px</translation>
    </message>
    <message>
        <source>Upper left corner at %1, %2</source>
        <translation>Linke obere Ecke bei %1, %2</translation>
    </message>
</context>
<context>
    <name>limpid::ui::SeedRow</name>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed and settings give the same picture</source>
        <translation>Gleicher Startwert und gleiche Einstellungen geben das gleiche Bild</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>Anderer Startwert</translation>
    </message>
    <message>
        <source>The seed is kept: click to use a new one for every run</source>
        <translation>Der Startwert bleibt: Klick für einen neuen bei jedem Durchgang</translation>
    </message>
    <message>
        <source>Every run gets a new seed: click to keep this one</source>
        <translation>Jeder Durchgang bekommt einen neuen Startwert: Klick, um diesen zu behalten</translation>
    </message>
</context>
<context>
    <name>limpid::ui::SliderRow</name>
    <message>
        <source>Double-click to set back to %1%2</source>
        <translation>Doppelklick setzt auf %1%2 zurück</translation>
    </message>
</context>
<context>
    <name>limpid::ui::StatusLine</name>
    <message>
        <source>%1, %2 %3 bit</source>
        <translation>%1, %2 %3 Bit</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Device: %1</source>
        <translation>Gerät: %1</translation>
    </message>
</context>
<context>
    <name>limpid::ui::StepPanel</name>
    <message>
        <source>Step shown</source>
        <translation>Gezeigter Schritt</translation>
    </message>
    <message>
        <source>Look at every step of the restoration</source>
        <translation>Jeden Schritt der Wiederherstellung ansehen</translation>
    </message>
    <message>
        <source>Keep this step</source>
        <translation>Diesen Schritt behalten</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>Struktur</translation>
    </message>
    <message>
        <source>Full quality</source>
        <translation>Volle Qualität</translation>
    </message>
    <message>
        <source>Preview only</source>
        <translation>Nur Vorschau</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Partial result</source>
        <translation>Teilergebnis</translation>
    </message>
</context>
<context>
    <name>limpid::ui::WelcomePanel</name>
    <message>
        <source>Drop a blurred photo here</source>
        <translation>Ein unscharfes Foto hierher ziehen</translation>
    </message>
    <message>
        <source>Open a photo …</source>
        <translation>Foto öffnen …</translation>
    </message>
    <message>
        <source>Try the sample photo</source>
        <translation>Beispielfoto ausprobieren</translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>JPEG, PNG, TIFF, WebP, HEIC, AVIF. Everything runs on this computer; nothing is uploaded, and the original is never changed.</source>
        <translation>JPEG, PNG, TIFF, WebP, HEIC, AVIF. Alles läuft auf diesem Computer; nichts wird hochgeladen, das Original nie verändert.</translation>
    </message>
</context>
<context>
    <name>limpid::ui::WorkRescue</name>
    <message>
        <source>Limpid ended before the restored “%1” was exported.</source>
        <translation>Limpid wurde beendet, bevor „%1“ wiederhergestellt exportiert war.</translation>
    </message>
    <message>
        <source>The result was kept.</source>
        <translation>Das Ergebnis ist erhalten.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>The kept result does not belong to this photo any more.</source>
        <translation>Das erhaltene Ergebnis passt nicht mehr zu diesem Foto.</translation>
    </message>
    <message>
        <source>“%1” has changed since it was restored. Restore it again.</source>
        <translation>„%1“ hat sich seit der Wiederherstellung geändert. Stellen Sie es noch einmal wieder her.</translation>
    </message>
    <message>
        <source>The kept result is damaged.</source>
        <translation>Das erhaltene Ergebnis ist beschädigt.</translation>
    </message>
    <message>
        <source>The program ended while it was written. Restore the photo again.</source>
        <translation>Das Programm wurde beendet, während es geschrieben wurde. Stellen Sie das Foto noch einmal wieder her.</translation>
    </message>
</context>
</TS>
