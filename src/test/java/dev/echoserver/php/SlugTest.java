package dev.echoserver.php;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlugTest {

    @ParameterizedTest
    @CsvSource({
        "Laravel, laravel, laravel",
        "My App, my_app, my-app",
        "My-App_2, my_app_2, my-app-2",
        "'  Hello,   World!  ', hello_world, hello-world",
        "Café Zürich, cafe_zurich, cafe-zurich",
        "Straße Łódź Ærø, strasse_lodz_aero, strasse-lodz-aero",
        "me@home, me_at_home, me-at-home",
        "acme.com, acmecom, acmecom",
        "'--a--b--', a_b, a-b",
        "Привет Мир, privet_mir, privet-mir",
        "Ελλάδα, ellada, ellada",
        "½ Price €5, price_eur5, price-eur5",
        "東京 Shop, shop, shop",
        "'!', '', ''"
    })
    void joinsWordsAsLaravelDoes(String name, String underscored, String hyphened) {
        assertThat(Slug.of(name, '_')).isEqualTo(underscored);
        assertThat(Slug.of(name, '-')).isEqualTo(hyphened);
    }
}
