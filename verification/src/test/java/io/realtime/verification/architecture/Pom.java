package io.realtime.verification.architecture;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the rules need to know of a pom.xml. */
record Pom(String artifactId, List<String> modules, List<Dependency> dependencies) {

  /** A direct dependency; {@code scope} is {@code compile} when none is given. */
  record Dependency(String groupId, String artifactId, String scope) {
    boolean shipped() {
      return scope.equals("compile") || scope.equals("runtime");
    }
  }

  static Pom parse(String xml) {
    Element project = document(xml).getDocumentElement();
    List<String> modules = new ArrayList<>();
    for (Element list : children(project, "modules")) {
      children(list, "module").forEach(module -> modules.add(module.getTextContent().strip()));
    }
    List<Dependency> dependencies = new ArrayList<>();
    for (Element list : children(project, "dependencies")) {
      for (Element dependency : children(list, "dependency")) {
        String scope = text(dependency, "scope");
        dependencies.add(
            new Dependency(
                text(dependency, "groupId"),
                text(dependency, "artifactId"),
                scope.isEmpty() ? "compile" : scope));
      }
    }
    return new Pom(text(project, "artifactId"), modules, dependencies);
  }

  private static Document document(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("not a pom", e);
    }
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.getFirst().getTextContent().strip();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
