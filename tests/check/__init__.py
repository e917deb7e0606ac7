"""Tests of ``citekit styles check``."""

SCHEMA_LAW_STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0" default-locale="en-GB"
    page-range-format="minimal" et-al-min="4" et-al-use-first="1">
  <info>
    <title>Everything</title>
    <id>http://example.org/everything</id>
    <link href="http://example.org/everything" rel="self"/>
    <author><name>A</name><email>a@example.org</email></author>
    <category citation-format="note"/>
    <category field="history"/>
    <issn>1234-567X</issn>
    <updated>2024-05-31T12:00:00+00:00</updated>
    <rights license="http://creativecommons.org/licenses/by-sa/3.0/">CC</rights>
  </info>
  <locale xml:lang="en">
    <style-options punctuation-in-quote="true"/>
    <date form="text" delimiter=" "><date-part name="day" suffix="."/></date>
    <terms>
      <term name="and">and</term>
      <term name="page" form="short"><single>p.</single><multiple>pp.</multiple></term>
      <term name="ordinal-01" gender-form="feminine" match="last-digit">st</term>
      <term name="long-ordinal-01" gender-form="feminine">first</term>
      <term name="month-01" gender="feminine">January</term>
    </terms>
  </locale>
  <macro name="author">
    <names variable="author editor" delimiter=", ">
      <name and="text" initialize-with="."><name-part name="family" text-case="uppercase"/></name>
      <et-al term="and others" font-style="italic"/>
      <label form="short" plural="never"/>
      <substitute><names variable="editor"/><text macro="title"/></substitute>
    </names>
  </macro>
  <macro name="title">
    <choose>
      <if type="book thesis" match="any"><text variable="title" font-style="italic"/></if>
      <else-if variable="volume" is-numeric="volume"><text value="x" quotes="true"/></else-if>
      <else-if position="ibid" locator="page"/>
      <else><text term="page" form="short" plural="true"/></else>
    </choose>
  </macro>
  <citation disambiguate-add-names="true" near-note-distance="3">
    <sort><key variable="issued" sort="descending"/><key macro="author" names-min="2"/></sort>
    <layout delimiter="; " suffix=".">
      <text macro="author"/>
      <group delimiter=", " display="block">
        <date variable="issued" form="text" date-parts="year"><date-part name="year"/></date>
        <date variable="accessed" delimiter=" ">
          <date-part name="month" form="short" strip-periods="true" range-delimiter="/"/>
        </date>
        <number variable="edition" form="ordinal"/>
        <label variable="locator" form="symbol"/>
        <text variable="container-title" form="short"/>
      </group>
    </layout>
  </citation>
  <bibliography hanging-indent="true" line-spacing="2" subsequent-author-substitute="-">
    <layout><text macro="title"/></layout>
  </bibliography>
</style>
"""
"""A style with an instance of nearly everything that the schema knows."""
