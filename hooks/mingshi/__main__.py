from mingshi.cli import main

main()
