"""The names of the months as dates have them, in the languages of news."""

from __future__ import annotations

# Whole names only: what is short ("mar") may be another word.
_NAMES = """
january february march april may june july august september october november december januar jänner februar märz mai
juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero
febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio
giugno luglio settembre ottobre dicembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
januari februari maart mei augustus maj marts desember augusti stycznia lutego marca kwietnia maja czerwca lipca
sierpnia września października listopada grudnia ledna února března dubna května června července srpna září října
listopadu prosince января февраля марта апреля мая июня июля августа сентября октября ноября декабря січня лютого
березня квітня травня червня липня серпня вересня жовтня листопада грудня ocak şubat mart nisan mayıs haziran temmuz
ağustos eylül ekim kasım aralık ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου
οκτωβρίου νοεμβρίου δεκεμβρίου tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta
syyskuuta lokakuuta marraskuuta joulukuuta ianuarie februarie martie aprilie iunie iulie septembrie octombrie
noiembrie decembrie január február március április május június július augusztus szeptember október जनवरी फरवरी मार्च
अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر
نوفمبر ديسمبر setiembre ابريل
"""
MONTHS = tuple(_NAMES.split())
