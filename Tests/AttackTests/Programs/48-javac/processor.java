import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.element.TypeElement;

@SupportedAnnotationTypes("*")
public class Main extends AbstractProcessor {
  static {
    if (System.getProperty("java.class.path").isEmpty() || System.getProperty("jdk.module.main", "").contains("compiler")) {
      System.err.println("processed");
    }
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    System.err.println("processed");
    return false;
  }

  public static void main(String[] arguments) {
    System.out.println("ran");
  }
}
